import type { Completion, Usage } from '../../core/completion.ts';
import { deltasOf, placeThinking, type Shape } from '../../core/shape.ts';
import type { RunwareModel, TextInference } from './task-schema.ts';

/** Dollars for a million tokens. */
const prices: Readonly<Record<RunwareModel, { input: number; output: number }>> = {
  'minimax:m2.7@0': { input: 0.3, output: 1.2 },
  'minimax:m2.7@highspeed': { input: 0.6, output: 2.4 },
};

/** As many results as were asked for, each with a seed of its own. */
export function resultItems(task: TextInference, completion: Completion, shape: Shape): object[] {
  if (!shape.hasChoices) return [];
  const { taskType, taskUUID, numberResults } = task;
  const { reasoning, content } = placeThinking(completion, shape);
  return Array.from({ length: numberResults }, (_, index) => ({
    taskType,
    taskUUID,
    text: content,
    ...(reasoning === '' ? {} : { reasoningContent: shape.isObserved ? reasoning : [reasoning] }),
    ...(shape.hasFinish && { finishReason: finishReasonOf(completion) }),
    seed: ((task.seed ?? seedOf(taskUUID)) + index) % 4_294_967_296,
    ...(shape.otherModel && { model: 'minimax:m1@0' }),
    ...reportOf(task, completion, shape),
  }));
}

/** The frames of a stream: thinking, text, and what it came to. */
export function resultFrames(task: TextInference, completion: Completion, shape: Shape): string[] {
  const { taskUUID, taskType } = task;
  const { reasoning, content } = placeThinking(completion, shape);
  // One line end after a frame is what their own tests have.
  const end = shape.isObserved ? '\n' : '\n\n';
  const frame = (delta: object, rest: object = { finishReason: null }) =>
    `data: ${JSON.stringify({ taskUUID, taskType, delta, ...rest })}${end}`;
  const finish = { finishReason: finishReasonOf(completion), ...reportOf(task, completion, shape) };
  const hasText = shape.hasChoices;
  return [
    ...(hasText ? deltasOf(reasoning, shape).map((text) => frame({ reasoningContent: text })) : []),
    ': ping\n\n',
    ...(hasText ? deltasOf(content, shape).map((text) => frame({ text })) : []),
    ...(shape.hasFinish && hasText ? [frame({}, finish)] : []),
    ...(shape.hasDone ? ['data: [DONE]\n\n'] : []),
  ];
}

function finishReasonOf({ finishReason }: Completion): string {
  return finishReason === 'abort' ? 'unknown' : finishReason;
}

function reportOf(task: TextInference, { usage }: Completion, { isObserved }: Shape): object {
  if (usage === undefined) return {};
  return {
    ...(task.includeUsage && { usage: usageOf(usage, isObserved) }),
    ...(task.includeCost && { cost: costOf(usage, task.model) }),
  };
}

/** Their software names the counts in two ways. */
function usageOf(usage: Usage, isObserved: boolean): object {
  const { promptTokens, completionTokens, reasoningTokens } = usage;
  const totalTokens = promptTokens + completionTokens;
  if (isObserved) {
    const counts = { inputTokens: promptTokens, outputTokens: completionTokens, totalTokens };
    return { ...counts, thinkingTokens: reasoningTokens };
  }
  const completionTokensDetails = { reasoningTokens };
  return { promptTokens, completionTokens, totalTokens, completionTokensDetails };
}

function costOf({ promptTokens, completionTokens }: Usage, model: RunwareModel): number {
  const { input, output } = prices[model];
  return Number(((promptTokens * input + completionTokens * output) / 1_000_000).toFixed(8));
}

/** A seed that nobody gave, but the same one for the same task. */
function seedOf(taskUuid: string): number {
  return Number.parseInt(taskUuid.slice(0, 8), 16);
}
