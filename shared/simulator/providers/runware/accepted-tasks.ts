import type { ServiceName } from '../../core/question.ts';

/** A task that has been accepted: it is worked on and paid for, whether or not anybody waits for it. */
export interface AcceptedTask {
  readonly provider: ServiceName;
  /** Its results, or why there are none. */
  readonly data: readonly object[];
  readonly errors: readonly object[];
  readonly readyAtInMs: number;
  /** What is to happen when its results are fetched for the first time. */
  onFetched?(): void;
}

/** What became of a task, as far as it is known. */
export type TaskState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'processing'; readonly task: AcceptedTask }
  | { readonly kind: 'done'; readonly task: AcceptedTask };

/** The tasks of a server, by their UUID. They are kept until it is reset. */
export interface AcceptedTasks {
  has(taskUuid: string): boolean;
  accept(taskUuid: string, task: AcceptedTask, options: { isAsync: boolean }): void;
  poll(taskUuid: string, nowInMs: number): TaskState;
  reset(): void;
}

export function createAcceptedTasks(): AcceptedTasks {
  const tasks = new Map<string, AcceptedTask>();
  const fetched = new Set<string>();
  /** Asynchronous tasks that nobody has asked for yet: they are never done at the first poll, so that a poller has to poll. */
  const unasked = new Set<string>();
  return {
    has: (taskUuid) => tasks.has(taskUuid),
    accept(taskUuid, task, { isAsync }) {
      tasks.set(taskUuid, task);
      if (isAsync) unasked.add(taskUuid);
    },
    poll(taskUuid, nowInMs) {
      const task = tasks.get(taskUuid);
      if (task === undefined) return { kind: 'unknown' };
      if (unasked.delete(taskUuid) || nowInMs < task.readyAtInMs)
        return { kind: 'processing', task };
      if (!fetched.has(taskUuid)) task.onFetched?.();
      fetched.add(taskUuid);
      return { kind: 'done', task };
    },
    reset() {
      tasks.clear();
      fetched.clear();
      unasked.clear();
    },
  };
}
