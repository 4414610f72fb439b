import type { CallSpec } from '#shared/domain/call.ts';
import type { Range } from '#shared/domain/estimate.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import { headingLines, piecesOf, textOfPiece, unitLines } from '../chunk-lines.ts';
import type { AnswerFault, ModelStage, PlanContext } from '../definition.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { type Batch, batchesOf, repairBatchesOf } from './batches.ts';
import { collectRows } from './collect.ts';
import type { Field } from './fields.ts';
import { judgeRows } from './judge.ts';
import { ExtractTableParams, fieldsOf } from './params.ts';
import { rowsPrompt } from './prompts.ts';
import { type CallContext, RowsAnswer, RowsOutput } from './schemas.ts';

/** Units of a call in the rounds that ask again about what is missing: fewer each time, so that an answer that was cut off fits. */
const repairSizes = [12, 3] as const;
export const maxRowRounds = 1 + repairSizes.length;

/** Copies the records of every part into rows, and asks again about each unit that no answer has accounted for. */
export const rowsStage: ModelStage = {
  kind: 'model',
  name: 'rows',
  title: 'Copying the rows',
  chunkTokens: (params) => ExtractTableParams.parse(params).chunkTokens,
  tracksCoverage: true,
  isAdvisory: false,
  asksAgainInSmallerCalls: true,
  maxRounds: maxRowRounds,
  leavesHoles: (output) =>
    RowsOutput.parse(output).missing.some(({ isWorthAsking }) => isWorthAsking),
  answer: RowsAnswer,

  plan(context) {
    const fields = fieldsOf(context);
    const previous = RowsOutput.safeParse(context.previous).data;
    const worthAsking = (previous?.missing ?? []).filter(({ isWorthAsking }) => isWorthAsking);
    const batches =
      context.round === 0
        ? batchesOf(context.chunks, context)
        : repairBatchesOf(worthAsking, repairSizes[context.round - 1] ?? 3, context);
    const suspects = new Set<string>(
      worthAsking.flatMap(({ why, unitId }) => (why === 'skipped-without-reason' ? unitId : [])),
    );
    return batches.map((batch, index) => planCall(context, { batch, index, fields, suspects }));
  },

  answerTokens(spec) {
    return answerTokensFor(Number(spec.context['tokens']), spec.unitIds.length);
  },

  check(answer, spec, context) {
    const parsed = RowsAnswer.parse(answer);
    const { faults } = judgeRows(parsed, spec, { context, fields: fieldsOf(context) });
    return faults.map((sentence): AnswerFault => ({ sentence, isFatal: false }));
  },

  assemble(context) {
    return collectRows(context, fieldsOf(context), context.round + 1 >= maxRowRounds);
  },
};

/** Tokens of an answer that copies units: what stands in them, the ids and the thinking. */
export function answerTokensFor(tokens: number, units: number): Range {
  const copied = tokens + 14 * units;
  return { low: copied * 0.4 + 20, expected: copied + 300, high: copied * 1.6 + 2_500 };
}

function planCall(
  context: PlanContext,
  planned: { batch: Batch; index: number; fields: readonly Field[]; suspects: ReadonlySet<string> },
): CallSpec {
  const { batch, index, fields, suspects } = planned;
  const { chunk, before, after } = batch;
  const { rowPer } = ExtractTableParams.parse(context.params);
  const pieces = piecesOf(context, chunk);
  const unitIds = [...new Set(pieces.map(({ unit }) => unit.id))];
  const tokens = pieces.reduce((sum, piece) => sum + estimateTokens(textOfPiece(piece)), 0);
  const remembered: CallContext = {
    rowPer,
    pieces: chunk.pieces,
    around: [
      ...chunk.context.map(({ unitId }) => unitId),
      ...[...before, ...after].map(({ id }) => id),
    ],
    suspects: unitIds.filter((id) => suspects.has(id)),
  };
  return {
    callId: callIdOf('rows', context.round, index),
    prompt: rowsPrompt.id,
    messages: writePrompt({
      ...rowsPrompt,
      facts: { 'Row per': rowPer },
      sections: {
        fields: fieldLines(fields),
        headings: headingLines(context, chunk),
        before: before.map(lineOf),
        units: unitLines(context, chunk),
        after: after.map(lineOf),
      },
    }),
    maxOutputTokens: Math.max(4_000, Math.ceil(3_000 + 2 * (tokens + 14 * unitIds.length))),
    temperature: 0.1,
    unitIds,
    context: { ...remembered, tokens },
  };
}

/** The columns, as a section: their names may come from a document. */
export function fieldLines(fields: readonly Field[]): PromptLine[] {
  return fields.map(({ name, type, description, isKey, isRequired }, index) => ({
    tag: [
      `${index + 1}`,
      type === 'auto' ? 'any' : type,
      ...(isKey ? ['key'] : []),
      ...(isRequired ? ['required'] : []),
    ].join(' '),
    text: description === undefined ? name : `${name} — ${description}`,
  }));
}

function lineOf({ id, text }: { id: string; text: string }): PromptLine {
  return { tag: id, text };
}
