import type { CallSpec } from '#shared/domain/call.ts';
import type { Chunk } from '#shared/domain/chunk.ts';
import { callIdOf, DocumentId, UnitId } from '#shared/domain/ids.ts';
import { headingLines, piecesOf, unitLines } from '../chunk-lines.ts';
import type { ModelStage, PlanContext } from '../definition.ts';
import type { PromptLine } from '../prompt.ts';
import { answerTypeOf } from './answer-schema.ts';
import { answerTokens } from './answer-tokens.ts';
import { askWith } from './ask.ts';
import { checkTexts } from './check-answer.ts';
import type { DefinitionOf, WorkflowDefinition } from './definition.ts';
import { type Item, outputOfCalls } from './outputs.ts';

/** What one question reads where no stage of kind `split` says it. */
const defaultTokens = { chunk: 2_000, document: 16_000 } as const;

/** Asks about each part of the documents, or about each input as a whole as far as it fits. */
export function mapStage(
  definition: WorkflowDefinition,
  stage: DefinitionOf<'map'>,
  tracksCoverage: boolean,
): ModelStage {
  const split = definition.stages.find(({ kind }) => kind === 'split');
  const tokens = split?.kind === 'split' ? split.tokens : defaultTokens[stage.each];
  const ask = askWith(stage, definition);
  return {
    kind: 'model',
    name: stage.name,
    title: stage.title ?? `Asking: ${stage.name}`,
    chunkTokens: () => tokens,
    tracksCoverage,
    isAdvisory: false,
    maxRounds: 1,
    answer: answerTypeOf(stage.schema),

    plan(context) {
      const groups = groupsOf(context.chunks, stage.each === 'document' ? tokens : 0);
      const parts = partsOf(groups);
      return groups.map((chunks, index): CallSpec => {
        const unitIds = chunks.flatMap((chunk) =>
          piecesOf(context, chunk).map(({ unit }) => unit.id),
        );
        const part = parts[index];
        return ask({
          callId: callIdOf(stage.name, 0, index),
          params: context.params,
          facts: part === undefined ? {} : { Part: part },
          sections: sectionsOf(context, chunks),
          unitIds: [...new Set(unitIds)],
          context: {
            documentId: chunks[0]?.documentId,
            firstUnit: unitIds[0],
            ...(part === undefined ? {} : { part }),
          },
        });
      });
    },

    answerTokens: (spec) => answerTokens(spec, stage.schema),

    check: (answer, spec, context) => checkTexts(answer, { spec, schema: stage.schema, context }),

    assemble({ outcomes }) {
      const items = outcomes.flatMap((outcome, index): Item[] =>
        outcome.isAnswered ? [itemOf(outcome.spec, outcome.answer, index)] : [],
      );
      return { output: outputOfCalls(items, outcomes.length), isComplete: true };
    },
  };
}

function itemOf({ context }: CallSpec, value: unknown, index: number): Item {
  const documentId = DocumentId.safeParse(context['documentId']).data;
  const firstUnit = UnitId.safeParse(context['firstUnit']).data;
  const { part } = context;
  return {
    id: String(index + 1),
    ...(documentId === undefined ? {} : { documentId }),
    ...(firstUnit === undefined ? {} : { firstUnit }),
    ...(typeof part === 'string' ? { part } : {}),
    value,
    evidence: {},
    unsupported: [],
  };
}

/** Chunks that share a question: each alone, or those of an input with what is attached to it, as many as fit. */
function groupsOf(chunks: readonly Chunk[], roomInTokens: number): Chunk[][] {
  const groups: Chunk[][] = [];
  let tokens = 0;
  for (const chunk of chunks) {
    const current = groups.at(-1);
    const isSameInput = inputOf(current?.[0]) === inputOf(chunk);
    if (current === undefined || !isSameInput || tokens + chunk.estimatedTokens > roomInTokens) {
      groups.push([chunk]);
      tokens = chunk.estimatedTokens;
      continue;
    }
    current.push(chunk);
    tokens += chunk.estimatedTokens;
  }
  return groups;
}

/** `d1` of `d1a2`, which was attached to it. */
function inputOf(chunk: Chunk | undefined): string | undefined {
  return /^d\d+/.exec(chunk?.documentId ?? '')?.[0];
}

/** `2 of 3` for the groups of an input that has several. */
function partsOf(groups: readonly (readonly Chunk[])[]): (string | undefined)[] {
  const inputs = groups.map(([first]) => inputOf(first));
  const seen = new Map<string | undefined, number>();
  return inputs.map((input) => {
    const count = inputs.filter((each) => each === input).length;
    const position = (seen.get(input) ?? 0) + 1;
    seen.set(input, position);
    return count === 1 ? undefined : `${position} of ${count}`;
  });
}

export function sectionsOf(
  context: Pick<PlanContext, 'unit' | 'documents'>,
  chunks: readonly Chunk[],
): Record<string, PromptLine[]> {
  const [first, ...others] = chunks;
  if (first === undefined) return {};
  if (others.length === 0) {
    return { headings: headingLines(context, first), units: unitLines(context, first) };
  }
  return {
    units: chunks.flatMap((chunk, index) => {
      const isNew = chunk.documentId !== chunks[index - 1]?.documentId;
      const { name = '' } = context.documents.find(({ id }) => id === chunk.documentId) ?? {};
      return [...(isNew ? [{ tag: 'file', text: name }] : []), ...unitLines(context, chunk)];
    }),
  };
}
