import { QuireError } from '#shared/domain/errors.ts';
import { TaskId, type TenantId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import type { ApiDependencies } from './dependencies.ts';

/** Somebody else's task is not there: the answer is the same, so that ids tell nothing. */
export async function requireOwnTask(
  deps: Pick<ApiDependencies, 'tasks'>,
  tenantId: TenantId,
  id: string,
): Promise<Task> {
  const taskId = TaskId.safeParse(id).data;
  const task = taskId === undefined ? undefined : await deps.tasks.get(taskId);
  if (task !== undefined && task.tenantId === tenantId) return task;
  throw new QuireError(
    'task_not_found',
    'Expected the id of a task, found none with the given one.',
  );
}
