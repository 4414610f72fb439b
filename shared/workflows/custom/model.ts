import type { CallSpec } from '#shared/domain/call.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { ModelStage, PlanContext } from '../definition.ts';
import type { PromptLine } from '../prompt.ts';
import { answerTypeOf } from './answer-schema.ts';
import { answerTokens } from './answer-tokens.ts';
import { askWith } from './ask.ts';
import { checkTexts } from './check-answer.ts';
import type { DefinitionOf, WorkflowDefinition } from './definition.ts';
import { sectionsOf } from './map.ts';
import { outputOf, outputOfCalls } from './outputs.ts';

/**
 * Asks one question: about the documents, or about what earlier stages have found. What does not fit into it is not cut: the task ends with
 * a sentence that says so.
 */
export function modelStage(
  definition: WorkflowDefinition,
  stage: DefinitionOf<'model'>,
  tracksCoverage: boolean,
): ModelStage {
  const ask = askWith(stage, definition);
  const { from, tokens } = stage;
  return {
    kind: 'model',
    name: stage.name,
    title: stage.title ?? `Asking: ${stage.name}`,
    // As large as can be: a document that fits is one chunk.
    ...(from === undefined ? { chunkTokens: () => tokens } : {}),
    tracksCoverage,
    isAdvisory: false,
    maxRounds: 1,
    answer: answerTypeOf(stage.schema),

    plan(context): readonly CallSpec[] {
      const sections =
        from === undefined ? sectionsOf(context, context.chunks) : earlierSections(context, from);
      const lines = Object.values(sections).flat();
      if (lines.length === 0) return [];
      requireRoom(lines, stage);
      return [
        ask({
          callId: callIdOf(stage.name, 0, 0),
          params: context.params,
          facts: {},
          sections,
          unitIds:
            from === undefined
              ? context.documents.flatMap(({ units }) => units.map(({ id }) => id))
              : [],
          context: {},
        }),
      ];
    },

    answerTokens: (spec) => answerTokens(spec, stage.schema),

    check: (answer, spec, context) => checkTexts(answer, { spec, schema: stage.schema, context }),

    assemble({ outcomes }) {
      const items = outcomes.flatMap((outcome) =>
        outcome.isAnswered
          ? [{ id: '1', value: outcome.answer, evidence: {}, unsupported: [] }]
          : [],
      );
      return { output: outputOfCalls(items, outcomes.length), isComplete: true };
    },
  };
}

function earlierSections(
  context: PlanContext,
  stages: readonly string[],
): Record<string, PromptLine[]> {
  return Object.fromEntries(
    stages.map((stage) => [
      stage,
      outputOf(context, stage).items.map(({ id, value }) => ({
        tag: `${stage} ${id}`,
        text: JSON.stringify(value),
      })),
    ]),
  );
}

function requireRoom(
  lines: readonly PromptLine[],
  { name, tokens, from }: DefinitionOf<'model'>,
): void {
  const count = lines.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  if (count <= tokens) return;
  const remedy =
    from === undefined
      ? 'Send less, or let a stage of kind map read the documents'
      : 'Put a stage of kind reduce before it';
  throw new QuireError(
    'file_too_large',
    `Expected at most ${tokens} tokens for the one question of the stage ${name}, got about ${count}. ${remedy}, or raise its tokens.`,
    { details: { stage: name, tokens: count, limit: tokens } },
  );
}
