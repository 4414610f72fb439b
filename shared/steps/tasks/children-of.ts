import { childTaskIdsOf, type Task } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

/** The children of a task as they are stored now. */
export async function childrenOf(
  tasks: Pick<TaskStore, 'get'>,
  task: Task,
): Promise<readonly Task[]> {
  const found = await Promise.all(childTaskIdsOf(task).map((taskId) => tasks.get(taskId)));
  return found.filter((child) => child !== undefined);
}
