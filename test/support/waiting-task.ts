import type { Task } from '#shared/domain/task.ts';
import type { LocalRuntime } from '#shared/runtime/local.ts';

/** The task when it waits for a person. */
export async function waitingTask(
  runtime: Pick<LocalRuntime, 'waitForEnd'>,
  { taskId, run }: Task,
): Promise<Task> {
  const reached = new AbortController();
  let seen: Task | undefined;
  const onProgress = (task: Task) => {
    if (task.run !== run || task.approval?.state !== 'open') return;
    seen = task;
    reached.abort();
  };
  const end = runtime.waitForEnd(taskId, { onProgress, signal: reached.signal });
  const ended = await end.catch(() => undefined);
  if (seen === undefined) throw new Error(`The task never waited: ${ended?.status}.`);
  return seen;
}
