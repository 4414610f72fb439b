import * as z from 'zod';
import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { ModelStage, StageContext } from '../definition.ts';
import { answerTypeOf } from './answer-schema.ts';
import { answerTokens } from './answer-tokens.ts';
import { askWith } from './ask.ts';
import { checkTexts } from './check-answer.ts';
import type { DefinitionOf, WorkflowDefinition } from './definition.ts';
import { type Output, outputOf } from './outputs.ts';

/** Something that is still to be merged: an answer of the stage before, or what a round has made of several. */
const Part = z.object({ value: z.unknown(), isMerged: z.boolean() });
type Part = z.infer<typeof Part>;

const ReduceRound = z.object({ parts: z.array(Part), failedCalls: z.int().min(0) });

/** Far more than any task needs: each round leaves half of the parts or fewer. */
export const maxReduceRounds = 12;

/**
 * Merges answers as a tree, as many at once as fit into a question, until one is left. What a failed call was asked about is asked again
 * with its neighbours in the next round; what cannot be merged at all is counted, and the task is PARTIAL.
 */
export function reduceStage(
  definition: WorkflowDefinition,
  stage: DefinitionOf<'reduce'>,
): ModelStage {
  const ask = askWith(stage, definition);
  const partsBefore = (context: StageContext & { readonly previous: unknown }): readonly Part[] =>
    ReduceRound.safeParse(context.previous).data?.parts ??
    outputOf(context, stage.from).items.map(({ value }) => ({ value, isMerged: false }));
  return {
    kind: 'model',
    name: stage.name,
    title: stage.title ?? `Merging: ${stage.name}`,
    tracksCoverage: false,
    isAdvisory: false,
    maxRounds: maxReduceRounds,
    answer: answerTypeOf(stage.schema),

    plan(context) {
      const groups = groupsOf(partsBefore(context), stage.tokens).filter(isWorthACall);
      return groups.map(
        (group, index): CallSpec =>
          ask({
            callId: callIdOf(stage.name, context.round, index),
            params: context.params,
            facts: {},
            sections: {
              results: group.map(({ value }, position) => ({
                tag: `r${position + 1}`,
                text: JSON.stringify(value),
              })),
            },
            unitIds: [],
            context: {},
          }),
      );
    },

    answerTokens: (spec) => answerTokens(spec, stage.schema),

    check: (answer, spec, context) => checkTexts(answer, { spec, schema: stage.schema, context }),

    assemble(context) {
      const before = ReduceRound.safeParse(context.previous).data;
      const outcomes = context.outcomes[Symbol.iterator]();
      let failedCalls = before?.failedCalls ?? 0;
      const parts = groupsOf(partsBefore(context), stage.tokens).flatMap(
        (group): readonly Part[] => {
          if (!isWorthACall(group)) return group;
          const outcome = outcomes.next().value;
          if (outcome?.isAnswered === true) return [{ value: outcome.answer, isMerged: true }];
          failedCalls += 1;
          return group;
        },
      );
      const isStuck = !context.outcomes.some(({ isAnswered }) => isAnswered);
      const isDone = !groupsOf(parts, stage.tokens).some(isWorthACall);
      const isLast = context.round + 1 >= maxReduceRounds;
      return {
        output: { parts, ...outputFrom(parts, failedCalls) },
        isComplete: isStuck || isDone || isLast,
      };
    },
  };
}

/** Only what has the shape of this stage is its output. */
function outputFrom(parts: readonly Part[], failedCalls: number): Output {
  const merged = parts.filter(({ isMerged }) => isMerged);
  return {
    items: merged.map(({ value }, index) => ({
      id: String(index + 1),
      value,
      evidence: {},
      unsupported: [],
    })),
    failedCalls,
    unmerged: parts.length - merged.length,
    dropped: [],
    added: 0,
  };
}

function groupsOf(parts: readonly Part[], roomInTokens: number): Part[][] {
  const groups: Part[][] = [];
  let tokens = 0;
  for (const part of parts) {
    const own = estimateTokens(JSON.stringify(part.value)) + 4;
    const current = groups.at(-1);
    if (current === undefined || tokens + own > roomInTokens) {
      groups.push([part]);
      tokens = own;
      continue;
    }
    current.push(part);
    tokens += own;
  }
  return groups;
}

/** A part alone has nothing to be merged with; but it must have the shape of this stage. */
function isWorthACall(group: readonly Part[]): boolean {
  return group.length > 1 || group.some(({ isMerged }) => !isMerged);
}
