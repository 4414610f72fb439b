import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { childTaskIdsOf, isEnded, type Task } from '#shared/domain/task.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { type EndTaskPorts, endTask } from '../end-task.ts';

export type CancelTask = (task: Task) => Promise<Task>;

/**
 * Cancels a task. The store is told first: from then on no call can be reserved (I10). Its children end
 * with it. Then the executions are stopped.
 */
export function createCancelTask(
  ports: EndTaskPorts & { readonly engine: WorkflowEngine },
): CancelTask {
  return async (task) => {
    const { taskId, workflowId, run } = task;
    const ended = isEnded(task)
      ? undefined
      : await endTask(ports, task, { run: 'any', ending: { status: 'CANCELLED' } });
    if (ended === undefined) throw alreadyEnded(taskId);
    await ports.engine.stop({ taskId, workflowId, run });
    for (const childTaskId of childTaskIdsOf(ended)) {
      const child = await ports.tasks.get(childTaskId);
      if (child !== undefined) await ports.engine.stop(child);
    }
    return (await ports.tasks.get(taskId)) ?? ended;
  };
}

function alreadyEnded(taskId: TaskId): QuireError {
  return new QuireError(
    'task_already_ended',
    'Expected a task that has not ended; there is nothing left to cancel.',
    {
      details: { taskId },
    },
  );
}
