import {
  multiplied,
  type Range,
  type StageEstimate,
  sumOfRanges,
} from '#shared/domain/estimate.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { StageContext } from '../definition.ts';
import { AutoParams } from './params.ts';
import { inRunningOrder, readReference } from './plan.ts';
import { inputsOf } from './surroundings.ts';

/**
 * What the tasks will take. A plan that is given tells how many there are and over what; before it is made, nobody knows: the range then
 * goes from one task that asks about little to four that read everything.
 */
export function estimateTasks(context: StageContext): readonly StageEstimate[] {
  const { plan } = AutoParams.parse(context.params);
  const sizes = new Map(
    inputsOf(context).map((document) => [document.id as string, sizeOf(context, document.id)]),
  );
  const whole = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (plan === undefined) return [stageOf(whole, { low: 1, expected: 1.5, high: 4 })];
  const ordered = inRunningOrder(plan.tasks) ?? plan.tasks;
  const stages = ordered.map(({ id, inputs }) => {
    const size = inputs.reduce((sum, input) => {
      const reference = readReference(input);
      return sum + (sizes.get(reference.kind === 'document' ? reference.id : reference.task) ?? 0);
    }, 0);
    // What a task delivers is about as long as what it has read, or shorter.
    sizes.set(id, size);
    return stageOf(size, { low: 1, expected: 1, high: 1 });
  });
  return [
    {
      stage: 'tasks',
      calls: sumOfRanges(stages.map(({ calls }) => calls)),
      inputTokens: sumOfRanges(stages.map(({ inputTokens }) => inputTokens)),
      outputTokens: sumOfRanges(stages.map(({ outputTokens }) => outputTokens)),
    },
  ];
}

/** Tokens that a question reads of a document, and those of the rules in front of them. */
const tokensPerCall = 1_500;
const rules = 900;

/** A task that reads so many tokens: a comparison asks about what differs alone, a translation says everything again. */
function stageOf(size: number, tasks: Range): StageEstimate {
  const reads = Math.ceil(size / tokensPerCall) + 1;
  const calls = multiplied({ low: 1, expected: reads, high: reads * 2 + 4 }, tasks);
  const input = { low: 0, expected: size * 1.3, high: size * 4 };
  return {
    stage: 'tasks',
    calls,
    inputTokens: sumOfRanges([multiplied(input, tasks), multiplied(calls, rules)]),
    outputTokens: sumOfRanges([
      multiplied({ low: 0, expected: size * 0.6, high: size * 3 }, tasks),
      multiplied(calls, { low: 30, expected: 500, high: 3_000 }),
    ]),
  };
}

function sizeOf({ documents }: StageContext, inputId: string): number {
  return documents
    .filter(({ id }) => id === inputId || id.startsWith(`${inputId}a`))
    .flatMap(({ units }) => units)
    .reduce((sum, { text }) => sum + estimateTokens(text), 0);
}
