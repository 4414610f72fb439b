import type { CallSpec } from '#shared/domain/call.ts';
import {
  exactly,
  multiplied,
  type Range,
  type StageEstimate,
  sumOfRanges,
} from '#shared/domain/estimate.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { StageContext } from '../definition.ts';
import { translateStage } from './translate.ts';
import { planTranslation } from './translate-calls.ts';

/** Share of the calls that are asked once more for faults, re-asks and the repair round together. */
const repairs: Range = { low: 1, expected: 1.1, high: 2 };

/**
 * The translation itself, which is known to the call from the segments; before it only the list of terms is asked for. Where that is not
 * needed, the calls of the first round are those of the translation, and what is left are the repairs.
 */
export function estimateTranslation(
  context: StageContext,
  calls: readonly CallSpec[],
): readonly StageEstimate[] {
  const isTranslation = calls.some(({ prompt }) => prompt.startsWith('translate.translate'));
  const planned = isTranslation
    ? calls
    : planTranslation({ ...context, round: 0, chunks: [], previous: undefined });
  const inputTokens = planned.reduce((sum, { messages }) => sum + tokensOf(messages), 0);
  const outputTokens = sumOfRanges(
    planned.map((spec) => translateStage.answerTokens?.(spec) ?? exactly(0)),
  );
  const factor = isTranslation
    ? { low: repairs.low - 1, expected: repairs.expected - 1, high: repairs.high - 1 }
    : repairs;
  return [
    {
      stage: translateStage.name,
      calls: multiplied(exactly(planned.length), factor),
      inputTokens: multiplied(exactly(inputTokens), factor),
      outputTokens: multiplied(outputTokens, factor),
    },
  ];
}

function tokensOf(messages: CallSpec['messages']): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
