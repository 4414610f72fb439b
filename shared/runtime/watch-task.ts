import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

/** How often a waiting caller looks at its task. */
const watchIntervalInMs = 150;

/** Resolves with the task when it has ended; tells of each look on the way. Rejects with the signal's reason. */
export async function watchTask(
  ports: { tasks: TaskStore; clock: Clock },
  taskId: TaskId,
  options: { onProgress: ((task: Task) => void) | undefined; signal: AbortSignal | undefined },
): Promise<Task> {
  for (;;) {
    const task = await ports.tasks.get(taskId);
    if (task === undefined) {
      throw new QuireError(
        'task_not_found',
        `Expected a stored task, found none with id ${taskId}.`,
      );
    }
    options.onProgress?.(task);
    if (isEnded(task)) return task;
    await ports.clock.sleep(watchIntervalInMs, options.signal);
  }
}
