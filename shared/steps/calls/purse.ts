import type { TaskId } from '#shared/domain/ids.ts';
import { parentOf, type RunningTask, type Task } from '#shared/domain/task.ts';
import type { Reservation, TaskStore } from '#shared/ports/task-store.ts';

type Purse = Pick<TaskStore, 'reserve' | 'settle'>;

/** Whose budget a task spends: its own, or that of the task whose plan it is part of. */
export function payerOf(task: Pick<Task, 'taskId' | 'origin'>): TaskId {
  return parentOf(task) ?? task.taskId;
}

/**
 * Takes a worst-case amount for a call of the task. A child takes it from its parent's budget, whatever its siblings do at the same time
 * (I4), and from its own, which tells what the child alone has taken. The parent comes first: a call of a child that was allowed by its own
 * record has then been allowed by both, so that none starts once a cancel of either is acknowledged (I10).
 */
export async function reserveFor(
  tasks: Purse,
  task: RunningTask,
  amountInMicroUsd: number,
): Promise<Reservation> {
  const { taskId, run } = task;
  const parentTaskId = parentOf(task);
  if (parentTaskId === undefined) return await tasks.reserve(taskId, { run, amountInMicroUsd });
  const byParent = await tasks.reserve(parentTaskId, { run: 'any', amountInMicroUsd });
  if (byParent !== 'reserved') return byParent;
  const own = await tasks.reserve(taskId, { run, amountInMicroUsd });
  if (own !== 'reserved') {
    await tasks.settle(parentTaskId, { reservedInMicroUsd: amountInMicroUsd, costInMicroUsd: 0 });
  }
  return own;
}

/** Gives a reservation back and books the cost, wherever {@link reserveFor} has taken it. */
export async function settleFor(
  tasks: Purse,
  task: Pick<Task, 'taskId' | 'origin'>,
  change: { readonly reservedInMicroUsd: number; readonly costInMicroUsd: number },
): Promise<void> {
  const parentTaskId = parentOf(task);
  await tasks.settle(task.taskId, change);
  if (parentTaskId !== undefined) await tasks.settle(parentTaskId, change);
}
