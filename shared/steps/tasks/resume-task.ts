import * as z from 'zod';
import { microUsdOf } from '#shared/domain/cost.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { isEnded, parentOf, type Task } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { allowancesOf, giveBackToAll, type Spending, takeFromAll, unknownKey } from './spending.ts';

/** The body of `POST /v1/tasks/{id}/resume`. */
export const ResumeRequest = z.strictObject({
  /** The new budget of the whole task; what was spent before is part of it. */
  budgetUsd: z.number().positive().max(1_000).optional(),
  /** From now on; as long as the task had at first if absent. */
  deadlineMinutes: z.int().min(1).max(10_080).optional(),
});
export type ResumeRequest = z.infer<typeof ResumeRequest>;

export type ResumeTask = (task: Task, request: unknown) => Promise<Task>;

interface ResumePorts {
  readonly tasks: TaskStore;
  readonly engine: WorkflowEngine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly spending?: Spending | undefined;
}

/**
 * Goes on with a task that ended before it was whole: a new run over its checkpoints, which asks and pays only for what is missing (I7). The
 * first step of the run makes the checkpoints ready.
 */
export function createResumeTask(ports: ResumePorts): ResumeTask {
  return async (task, body) => {
    const request = parse(body);
    if (!isEnded(task) || task.status === 'SUCCEEDED') throw notResumable(task);
    const parentTaskId = parentOf(task);
    if (parentTaskId !== undefined) throw resumeParent(task, parentTaskId);
    const nowInMs = ports.clock.now();
    const limitInMicroUsd = newLimit(task, request.budgetUsd);
    const lengthInMs =
      request.deadlineMinutes === undefined
        ? task.deadlineAtInMs - task.createdAtInMs
        : request.deadlineMinutes * 60_000;
    const taken = await takeAgain(ports, task, { limitInMicroUsd, nowInMs });
    const resumed = await ports.tasks.resume(task.taskId, {
      run: task.run,
      nowInMs,
      deadlineAtInMs: nowInMs + lengthInMs,
      addedBudgetInMicroUsd: limitInMicroUsd - task.budget.limitInMicroUsd,
      allowances: taken.allowances.map(({ id }) => id),
      // A plan that was approved stays as it is; a draft of the next run is another one.
      keepsApproval: task.approval?.what === 'plan' && task.approval.state === 'approved',
    });
    if (resumed === undefined) {
      await taken.giveBack();
      throw notResumable(task);
    }
    const { taskId, workflowId, run } = resumed;
    await ports.engine.start({ taskId, workflowId, run });
    ports.logger.info('task-resumed', { taskId, run });
    return resumed;
  };
}

/** What the task had left was given back when it ended: it is taken again, with what comes on top. */
async function takeAgain(
  { spending }: ResumePorts,
  { keyId = unknownKey, budget }: Task,
  { limitInMicroUsd, nowInMs }: { limitInMicroUsd: number; nowInMs: number },
) {
  if (spending === undefined) return { allowances: [], giveBack: async () => undefined };
  const amountInMicroUsd = limitInMicroUsd - budget.spentInMicroUsd - budget.reservedInMicroUsd;
  const allowances = allowancesOf(spending.limits, { keyId, nowInMs });
  await takeFromAll(spending.allowances, allowances, amountInMicroUsd);
  return {
    allowances,
    giveBack: () => giveBackToAll(spending.allowances, allowances, amountInMicroUsd),
  };
}

function parse(body: unknown): ResumeRequest {
  const parsed = ResumeRequest.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuireError(
    'invalid_request',
    `Expected budgetUsd and deadlineMinutes, both optional; wrong at ${issue?.path.join('.') || 'the body'}.`,
  );
}

function newLimit({ taskId, budget }: Task, budgetUsd: number | undefined): number {
  if (budgetUsd === undefined) return budget.limitInMicroUsd;
  const limitInMicroUsd = microUsdOf(budgetUsd);
  if (limitInMicroUsd >= budget.limitInMicroUsd) return limitInMicroUsd;
  throw new QuireError(
    'invalid_request',
    `Expected a budget of at least ${budget.limitInMicroUsd / 1_000_000} dollars, which the task has had; got ${budgetUsd}.`,
    { details: { taskId } },
  );
}

/** Its parent pays for it, and puts its files together with the others. */
function resumeParent({ taskId }: Task, parentTaskId: TaskId): QuireError {
  return new QuireError(
    'task_not_resumable',
    `Expected a task of its own, got one that is part of ${parentTaskId}; resume that one.`,
    { details: { taskId, parentTaskId } },
  );
}

function notResumable({ taskId, status }: Task): QuireError {
  return new QuireError(
    'task_not_resumable',
    `Expected a task that has ended before it was whole; it is ${status}.`,
    { details: { taskId, status } },
  );
}
