import type { Problem } from '#shared/domain/errors.ts';
import { problemOf } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { isEnded, parentOf, type Task } from '#shared/domain/task.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { ExecutionState, WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { answerApproval, endingByApproval } from '../approvals.ts';
import { type EndTaskPorts, endTask } from '../end-task.ts';
import type { Chore } from './sweep.ts';

/** What was done for a task. */
export type Reconciliation = 'fine' | 'started' | 'ended' | 'expired' | 'answered';

export interface ReconcilePorts extends EndTaskPorts {
  readonly engine: WorkflowEngine;
  readonly logger: Logger;
}

/** Between the storing of a task and the start of its execution, which its submitter does, a moment may pass. */
const startsWithinInMs = 2 * 60_000;

/**
 * Brings a task and its execution together again where one does not know of the other: a task that nothing works on is started, or ended
 * where its execution or its parent was; an approval that nobody answers expires; a decision that the execution has not heard of is told. Each is one
 * conditional write or one start by name, so that it is done once, whoever else is at it.
 */
export function createReconcileTask(
  ports: ReconcilePorts,
): (taskId: TaskId) => Promise<Reconciliation> {
  return async (taskId) => {
    const done = await reconcileTask(ports, taskId);
    if (done !== 'fine') ports.metrics?.count('TasksReconciled', 1, {});
    return done;
  };
}

/** The chore of the sweeper: every task that has not ended. One that cannot be seen to holds no other up. */
export function createReconcileTasks(ports: ReconcilePorts): Chore {
  const reconcile = createReconcileTask(ports);
  return {
    name: 'reconcile-tasks',
    async run() {
      const counts = { started: 0, ended: 0, expired: 0, answered: 0, failed: 0 };
      for (const { taskId } of await ports.tasks.listUnended()) {
        try {
          const done = await reconcile(taskId);
          if (done !== 'fine') counts[done] += 1;
        } catch (error) {
          counts.failed += 1;
          ports.logger.warn('task-unreconciled', { taskId, code: problemOf(error).code });
        }
      }
      return counts;
    },
  };
}

async function reconcileTask(ports: ReconcilePorts, taskId: TaskId): Promise<Reconciliation> {
  const listed = await ports.tasks.get(taskId);
  if (listed === undefined || isEnded(listed)) return 'fine';
  if (await hasLostParent(ports, listed)) return await endOrphan(ports, listed);
  if (isStarting(listed, ports.clock.now())) return 'fine';
  const { workflowId, run } = listed;
  const state = await ports.engine.describe({ taskId, workflowId, run });
  // Read again: an execution writes the end of its task before it ends, so what is unended now was left so.
  const task = await ports.tasks.get(taskId);
  if (task === undefined || isEnded(task) || task.run !== run) return 'fine';
  switch (state) {
    case 'running':
      return await reconcileApproval(ports, task);
    case 'missing':
      // By its own name and not as a new run: two sweepers start one execution between them.
      await ports.engine.start({ taskId, workflowId, run });
      return 'started';
    default:
      return await endStopped(ports, task, state);
  }
}

/** A task that was noted with its parent and stored while that one was ending: nothing of it can be paid for any more. */
async function hasLostParent({ tasks }: ReconcilePorts, task: Task): Promise<boolean> {
  const parentTaskId = parentOf(task);
  if (parentTaskId === undefined) return false;
  const parent = await tasks.get(parentTaskId);
  return parent === undefined || isEnded(parent);
}

async function endOrphan(ports: ReconcilePorts, task: Task): Promise<Reconciliation> {
  const ended = await endTask(ports, task, { run: 'any', ending: { status: 'CANCELLED' } });
  return ended === undefined ? 'fine' : 'ended';
}

function isStarting({ status, createdAtInMs, timeline }: Task, nowInMs: number): boolean {
  const queuedAtInMs = timeline.at(-1)?.atInMs ?? createdAtInMs;
  return status === 'QUEUED' && nowInMs < queuedAtInMs + startsWithinInMs;
}

async function reconcileApproval(ports: ReconcilePorts, task: Task): Promise<Reconciliation> {
  const { taskId, approval } = task;
  const nowInMs = ports.clock.now();
  if (approval === undefined) return 'fine';
  if (approval.state !== 'open') {
    return (await answerApproval(ports, task)) ? 'answered' : 'fine';
  }
  if (nowInMs < approval.expiresAtInMs) return 'fine';
  const { what, askedAtInMs } = approval;
  const event = `Approval expired: ${what}`;
  const change = { state: 'expired' as const, what, askedAtInMs, nowInMs, event };
  const expired = await ports.tasks.decideApproval(taskId, change);
  if (expired === undefined) return 'fine';
  await answerApproval(ports, expired);
  return 'expired';
}

/** An execution that is over has left its task as it was: stopped in the console, or failed before it could say so. */
async function endStopped(
  ports: ReconcilePorts,
  task: Task,
  state: ExecutionState,
): Promise<Reconciliation> {
  const { taskId, run } = task;
  const error: Problem = {
    code: 'execution_stopped',
    message: `Expected the execution of the task to end it; the execution has ${state === 'stopped' ? 'been stopped' : state} without.`,
    details: { taskId, state },
  };
  const ending = endingByApproval(task) ?? { status: 'FAILED' as const, error };
  const ended = await endTask(ports, task, { run, ending });
  if (ended === undefined) return 'fine';
  ports.logger.warn('execution-stopped', { taskId, state });
  return 'ended';
}
