import type { CallSpec } from '#shared/domain/call.ts';
import type { Chunk } from '#shared/domain/chunk.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { headingLines, piecesOf, unitLines } from '../chunk-lines.ts';
import type { ModelStage, PlanContext } from '../definition.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { Field, nameKey } from './fields.ts';
import { ExtractTableParams } from './params.ts';
import { inferPrompt } from './prompts.ts';
import { InferAnswer, InferOutput } from './schemas.ts';

const sampleTokens = 1_200;
const maxSamples = 4;
const maxInferred = 20;

/** Proposes the columns from samples of the documents; asks nothing where the fields are given. */
export const inferStage: ModelStage = {
  kind: 'model',
  name: 'infer',
  title: 'Proposing the columns',
  chunkTokens: () => sampleTokens,
  tracksCoverage: false,
  isAdvisory: false,
  isPreliminary: true,
  maxRounds: 1,
  answer: InferAnswer,

  plan(context) {
    const params = ExtractTableParams.parse(context.params);
    if (params.fields !== 'infer') return [];
    return samplesOf(context.chunks).map((chunk, index) =>
      planCall(context, { chunk, index, params }),
    );
  },

  answerTokens: () => ({ low: 100, expected: 600, high: 3_000 }),

  check(answer) {
    const { fields } = InferAnswer.parse(answer);
    const names = new Set(fields.map(({ name }) => nameKey(name)));
    if (fields.length === 0) {
      return [
        {
          sentence: '"fields" is empty; name what the records of the sample state.',
          isFatal: false,
        },
      ];
    }
    return names.size === fields.length
      ? []
      : [{ sentence: 'Two fields have the same name; each needs its own.', isFatal: false }];
  },

  assemble(context) {
    const { fields } = ExtractTableParams.parse(context.params);
    if (fields !== 'infer' || context.outcomes.length === 0) {
      return { output: { fields: [] } satisfies InferOutput, isComplete: true };
    }
    const proposed = context.outcomes.flatMap((outcome) =>
      outcome.isAnswered ? InferAnswer.parse(outcome.answer).fields : [],
    );
    const merged = mergeFields(proposed);
    if (merged.length === 0) {
      throw new QuireError(
        'invalid_params',
        'Expected documents with records from which columns can be proposed, got none; name the columns in the parameter `fields`.',
      );
    }
    return { output: { fields: merged } satisfies InferOutput, isComplete: true };
  },

  proposal(output) {
    return (InferOutput.safeParse(output).data?.fields ?? []).map(
      ({ name, type }) => `${name} (${type})`,
    );
  },
};

/** Chunks spread evenly over the documents, the first among them. */
function samplesOf(chunks: readonly Chunk[]): Chunk[] {
  const count = Math.min(maxSamples, chunks.length);
  return Array.from({ length: count }, (_, index) =>
    Math.floor((index * chunks.length) / count),
  ).flatMap((at) => chunks[at] ?? []);
}

function planCall(
  context: PlanContext,
  { chunk, index, params }: { chunk: Chunk; index: number; params: ExtractTableParams },
): CallSpec {
  return {
    callId: callIdOf('infer', context.round, index),
    prompt: inferPrompt.id,
    messages: writePrompt({
      ...inferPrompt,
      facts: { 'Row per': params.rowPer, Language: describeLanguage(params.language) },
      sections: {
        headings: headingLines(context, chunk),
        units: unitLines(context, chunk),
      },
    }),
    maxOutputTokens: 4_000,
    temperature: 0.1,
    unitIds: [...new Set(piecesOf(context, chunk).map(({ unit }) => unit.id))],
    context: {},
  };
}

/** Every column that a sample proposes once, in the order in which they come; where samples differ about its type, code decides later. */
function mergeFields(proposed: InferAnswer['fields']): Field[] {
  const merged = new Map<string, Field>();
  for (const { name, type, description } of proposed) {
    const key = nameKey(name);
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, Field.parse({ name, type, ...(description ? { description } : {}) }));
    } else if (known.type !== type) {
      merged.set(key, { ...known, type: 'auto' });
    }
  }
  return [...merged.values()].slice(0, maxInferred);
}
