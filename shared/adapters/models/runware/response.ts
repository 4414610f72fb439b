import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelReply } from '#shared/ports/language-model.ts';
import { composeReply } from '../internal/compose-reply.ts';
import { failed, failureInside, protocolFailure } from '../internal/failures.ts';
import type { ReplyAssembly } from '../internal/read-reply.ts';
import { ReplyBody, type TaskError, type TaskItem } from './api-schema.ts';
import { classifyRunware, conflictCode } from './errors.ts';
import { microUsdOfCost, usageOf } from './usage.ts';

/** Puts the reply to one task together, out of a body, the events of a stream, or the answer to a poll. */
export interface TaskAssembly extends ReplyAssembly {
  /** The provider knows the task and is still at it. */
  isPending(): boolean;
  /** The provider refuses the task because it has accepted it before. */
  isConflict(): boolean;
  /** Nothing was said of the task at all. */
  isUnknown(): boolean;
}

/** Results and errors come side by side, in any order: what belongs to the task is told by its id. */
export function createTaskAssembly(taskUuid: string): TaskAssembly {
  const contents: string[] = [];
  const reasonings: string[] = [];
  let usage: TokenUsage = {};
  let last: TaskItem | undefined;
  let finishReason: string | undefined;
  let cost: number | undefined;
  let failure: ModelReply | undefined;
  let isConflict = false;

  const isOurs = (part: { taskUUID?: string | null | undefined }) =>
    (part.taskUUID ?? taskUuid).toLowerCase() === taskUuid.toLowerCase();
  const addItem = (item: TaskItem) => {
    last = item;
    contents.push(item.delta?.text ?? item.text ?? '');
    reasonings.push(...thinkingIn(item));
    // A task that is called a success is whole, also where nobody says how it ended.
    finishReason = item.finishReason || (item.status === 'success' ? 'unknown' : finishReason);
    if (item.usage) usage = usageOf(item.usage);
    cost = microUsdOfCost(item.cost) ?? cost;
    if (item.status === 'error') failure = failedBy({}, usage);
  };
  return {
    add(data) {
      const body = ReplyBody.safeParse(data).data;
      if (body === undefined) {
        failure = failed(protocolFailure('results or errors of tasks', usage));
        return false;
      }
      const item = itemsIn(body).find(isOurs);
      if (item !== undefined) addItem(item);
      const error = errorsIn(body).find(isOurs);
      if (error === undefined || finishReason !== undefined) return failure === undefined;
      isConflict = conflictCode.test(error.code);
      failure = failedBy({ errors: [error] }, usage);
      return false;
    },
    cut() {
      finishReason = 'length';
    },
    isConflict: () => isConflict,
    isPending() {
      if (failure !== undefined || last === undefined || finishReason !== undefined) return false;
      return last.status === 'processing' || contents.every((content) => content === '');
    },
    isUnknown: () => failure === undefined && last === undefined,
    reply() {
      if (failure !== undefined) return failure;
      return composeReply(
        {
          contents,
          reasonings,
          toolCalls: [],
          finishReason,
          usage,
          modelAnswered: last?.model ?? undefined,
          reportedCostInMicroUsd: cost,
        },
        classifyRunware,
      );
    },
  };
}

function failedBy(body: object, usage: TokenUsage): ModelReply {
  return failed(failureInside(body, { usage, classify: classifyRunware }));
}

/** Results under `data`, or the one that an event of a stream is. */
function itemsIn(body: ReplyBody): readonly TaskItem[] {
  if (body.data) return body.data;
  const { delta, text, finishReason, status } = body;
  return [delta, text, finishReason, status].some((field) => field != null) ? [body] : [];
}

/** Errors of tasks; one that stops a stream before it begins stands alone. */
function errorsIn({ errors, error }: ReplyBody): readonly TaskError[] {
  return [...(errors ?? []), ...(error ? [error] : [])];
}

function thinkingIn({ delta, reasoningContent }: TaskItem): readonly string[] {
  const thinking = delta?.reasoningContent ?? reasoningContent ?? [];
  return typeof thinking === 'string' ? [thinking] : thinking;
}
