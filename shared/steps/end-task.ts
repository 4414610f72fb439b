import type { Attempt } from '#shared/domain/call.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import {
  childTaskIdsOf,
  isEnded,
  parentOf,
  type Task,
  type TaskEnding,
} from '#shared/domain/task.ts';
import type { UsageLedger } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Metrics } from '#shared/ports/metrics.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { EndSubscriber } from './tasks/announce-end.ts';
import { countEnd } from './tasks/count-end.ts';
import { totalsOfLedger, usageRows } from './tasks/ledger-totals.ts';
import { giveBackToAll, type Spending } from './tasks/spending.ts';

export interface EndTaskPorts {
  readonly tasks: TaskStore;
  readonly ledger: UsageLedger;
  readonly clock: Clock;
  /** Where the deployment limits what may be spent in a month. */
  readonly spending?: Spending | undefined;
  /** Tells the world outside, once the end is stored; it does not throw (`createPublishEnd`). */
  readonly publishEnd: EndSubscriber;
  readonly metrics?: Metrics | undefined;
}

/**
 * Brings a task to its terminal state with the usage that its ledger adds up to, and books that usage. A task that has ended already
 * keeps its state (I1); its usage is booked again, since the rows are the same or, after a late attempt, truer.
 */
export async function endTask(
  ports: EndTaskPorts,
  task: Task,
  change: { run: number | 'any'; ending: TaskEnding },
): Promise<Task | undefined> {
  const usage = totalsOfLedger(await attemptsOf(ports, task));
  const nowInMs = ports.clock.now();
  const ended = await ports.tasks.end(task.taskId, { ...change, nowInMs, usage });
  if (ended !== undefined && ports.spending !== undefined) {
    const taken = (ended.allowances ?? []).map((id) => ({ id }));
    await giveBackToAll(ports.spending.allowances, taken, ended.budget.availableInMicroUsd);
  }
  if (ended !== undefined) countEnd(ports.metrics, ended);
  await bookUsage(ports, task);
  if (ended !== undefined) await endChildren(ports, ended);
  if (ended !== undefined && isEnded(ended)) await ports.publishEnd(ended);
  return ended;
}

/**
 * No task outlives the one whose plan it is part of. That one has ended first, so that none is started any more and none can reserve; what
 * they have spent meanwhile is then in its usage.
 */
async function endChildren(ports: EndTaskPorts, parent: Task): Promise<void> {
  let hasEndedOne = false;
  for (const taskId of childTaskIdsOf(parent)) {
    const child = await ports.tasks.get(taskId);
    if (child === undefined || isEnded(child)) continue;
    await endTask(ports, child, { run: 'any', ending: { status: 'CANCELLED' } });
    hasEndedOne = true;
  }
  if (hasEndedOne) await correctUsage(ports, parent.taskId);
}

/** The ledger of a task with those of its children: what was spent out of its budget. */
export async function attemptsOf(
  { ledger }: Pick<EndTaskPorts, 'ledger'>,
  task: Task,
): Promise<readonly Attempt[]> {
  const taskIds = [task.taskId, ...childTaskIdsOf(task)];
  return (await Promise.all(taskIds.map((taskId) => ledger.list(taskId)))).flat();
}

type BookingPorts = Pick<EndTaskPorts, 'tasks' | 'ledger'>;

/** Writes the usage rows of a task from its own ledger; its children write theirs. Running it twice changes nothing. */
export async function bookUsage(ports: BookingPorts, task: Task): Promise<void> {
  const attempts = await ports.ledger.list(task.taskId);
  await ports.tasks.putUsage(usageRows(task, attempts));
}

/** Corrects an ended task's usage, and that of its parent, after an attempt that ended late. */
export async function correctUsage(ports: BookingPorts, taskId: TaskId): Promise<void> {
  const task = await ports.tasks.get(taskId);
  if (task === undefined) return;
  await ports.tasks.correctUsage(taskId, totalsOfLedger(await attemptsOf(ports, task)));
  await bookUsage(ports, task);
  const parentTaskId = parentOf(task);
  if (parentTaskId !== undefined) await correctUsage(ports, parentTaskId);
}
