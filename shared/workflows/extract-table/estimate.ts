import type { CallSpec } from '#shared/domain/call.ts';
import {
  multiplied,
  type Range,
  type StageEstimate,
  sumOfRanges,
} from '#shared/domain/estimate.ts';
import { placeOfCall } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { StageContext } from '../definition.ts';
import { ExtractTableParams } from './params.ts';
import { rowsPrompt } from './prompts.ts';
import { answerTokensFor } from './rows.ts';

/** Share of the first round's calls that the repair rounds ask: none where the model is careful, a third where it is not. */
const repairShare: Range = { low: 0, expected: 0.03, high: 0.35 };
/** Fields, headings and neighbours around the units of a call. */
const framingTokens = 350;

/** What comes behind the first questions: the rows, where columns are inferred first, and the repair of what was left out. */
export function estimateRest(context: StageContext, calls: readonly CallSpec[]): StageEstimate[] {
  const isInferred = calls.some(({ callId }) => placeOfCall(callId).stage === 'infer');
  if (!isInferred) return [repairOf(roundOf(calls))];
  const rows = expectedRound(context);
  const repair = repairOf(rows);
  return [
    {
      stage: 'rows',
      calls: sumOfRanges([rows.calls, repair.calls]),
      inputTokens: sumOfRanges([rows.inputTokens, repair.inputTokens]),
      outputTokens: sumOfRanges([rows.outputTokens, repair.outputTokens]),
    },
  ];
}

type Round = Omit<StageEstimate, 'stage'>;

function roundOf(calls: readonly CallSpec[]): Round {
  const inputTokens = calls.reduce(
    (sum, { messages }) =>
      sum + messages.reduce((own, { content }) => own + estimateTokens(content), 0),
    0,
  );
  const output = calls.map(({ context, unitIds }) =>
    answerTokensFor(Number(context['tokens']), unitIds.length),
  );
  const count = { low: calls.length, expected: calls.length, high: calls.length };
  return {
    calls: count,
    inputTokens: { low: inputTokens, expected: inputTokens, high: inputTokens },
    outputTokens: sumOfRanges(output),
  };
}

/** The round of the rows before its chunks are known: by the tokens of the documents. */
function expectedRound({ documents, params }: StageContext): Round {
  const { chunkTokens } = ExtractTableParams.parse(params);
  let tokens = 0;
  let units = 0;
  let rows = 0;
  for (const document of documents) {
    units += document.units.length;
    for (const { text, table } of document.units) {
      tokens += estimateTokens(text);
      if (table !== undefined) rows += 1;
    }
  }
  const bySize = Math.max(documents.length, tokens / chunkTokens);
  const expected = Math.ceil(Math.max(bySize * 1.1, rows / 50 + documents.length - 1));
  const calls = {
    low: Math.floor(expected * 0.7),
    expected,
    high: Math.ceil(expected * 1.6) + documents.length,
  };
  const perCall =
    estimateTokens(rowsPrompt.instructions) + framingTokens + (units * 5) / Math.max(1, expected);
  const input = multiplied(calls, perCall);
  return {
    calls,
    inputTokens: sumOfRanges([input, { low: tokens, expected: tokens, high: tokens }]),
    outputTokens: answerTokensFor(tokens + 300 * expected, units),
  };
}

function repairOf({ calls, inputTokens, outputTokens }: Round): StageEstimate {
  return {
    stage: 'rows',
    calls: rounded(multiplied(calls, repairShare)),
    inputTokens: rounded(multiplied(inputTokens, repairShare)),
    outputTokens: rounded(multiplied(outputTokens, repairShare)),
  };
}

function rounded({ low, expected, high }: Range): Range {
  return { low: Math.floor(low), expected: Math.round(expected), high: Math.ceil(high) };
}
