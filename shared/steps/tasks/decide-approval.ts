import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Approval } from '#shared/domain/approval.ts';
import { microUsdOf } from '#shared/domain/cost.ts';
import { problemOf, QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { ProviderName } from '#shared/domain/providers.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Decision, TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { answerApproval } from '../approvals.ts';
import { type FindWorkflow, requireWorkflow } from '../task-state.ts';
import { canonicalJson } from './canonical-json.ts';
import { parseParams } from './parse-request.ts';
import { giveBackToAll, type Spending, takeFromAll, withLimits } from './spending.ts';

/** The body of `POST /v1/tasks/{id}/approval`. */
export const ApprovalRequest = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  /** Shown with the task, in its timeline too. */
  comment: z.string().min(1).max(1_000).optional(),
  /** What is changed with a plan that is approved. A draft is approved as it is, or rejected. */
  edits: z
    .strictObject({
      budgetUsd: z.number().positive().max(1_000).optional(),
      /** In the order in which they are tried. */
      providers: z.array(ProviderName).min(1).optional(),
      /** Over those of the task, by name; the stage is planned again with them. */
      params: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

export type DecideApproval = (task: Task, body: unknown) => Promise<Task>;

interface DecidePorts {
  readonly tasks: TaskStore;
  readonly engine: WorkflowEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly findWorkflow: FindWorkflow;
  readonly spending?: Spending | undefined;
}

/**
 * Takes a person's decision: stored first, then told to the execution that waits. The first decision stays, the same one again is
 * harmless, and one that was stored and not told, because the process died in between, is told by the sweeper.
 */
export function createDecideApproval(ports: DecidePorts): DecideApproval {
  return async (task, body) => {
    const request = parse(body);
    const decisionHash = createHash('sha256').update(canonicalJson(body)).digest('hex');
    const { approval } = task;
    if (approval === undefined) throw notOpen(task);
    const decided =
      approval.state === 'open'
        ? await decide(ports, task, { approval, request, decisionHash })
        : undefined;
    const known = decided ?? (await ports.tasks.get(task.taskId)) ?? task;
    if (known.approval?.decisionHash !== decisionHash) throw notOpen(known);
    await tell(ports, known);
    return known;
  };
}

async function decide(
  ports: DecidePorts,
  task: Task,
  given: { approval: Approval; request: ApprovalRequest; decisionHash: string },
): Promise<Task | undefined> {
  const { approval, request, decisionHash } = given;
  const { what, askedAtInMs } = approval;
  const { comment } = request;
  const edits = editsOf(ports, task, { what, request });
  const addedInMicroUsd = edits?.addedBudgetInMicroUsd ?? 0;
  const money = allowanceOf(ports, task);
  await money.take(addedInMicroUsd);
  const state = request.decision === 'approve' ? 'approved' : 'rejected';
  const change: Decision = {
    state,
    what,
    askedAtInMs,
    decisionHash,
    decisionId: ports.ids.requestId(),
    nowInMs: ports.clock.now(),
    event: `${state === 'approved' ? 'Approved' : 'Rejected'}: ${what}${comment === undefined ? '' : ` · ${comment}`}`,
    ...(comment === undefined ? {} : { comment }),
    ...(edits === undefined ? {} : { edits }),
  };
  const decided =
    (await ports.tasks.decideApproval(task.taskId, change)) ??
    (await findOwn(ports.tasks, task.taskId, change));
  // What was taken for a decision that did not count goes back, and what a smaller budget sets free.
  await money.giveBack(decided === undefined ? addedInMicroUsd : -addedInMicroUsd);
  if (decided !== undefined) ports.logger.info('approval-decided', { what, state });
  return decided;
}

/** The same decision sent again by the SDK, because its answer was lost. */
async function findOwn(
  tasks: TaskStore,
  taskId: TaskId,
  { decisionId }: Decision,
): Promise<Task | undefined> {
  const task = await tasks.get(taskId);
  return task?.approval?.decisionId === decisionId ? task : undefined;
}

function editsOf(
  ports: DecidePorts,
  task: Task,
  { what, request }: { what: Approval['what']; request: ApprovalRequest },
): Decision['edits'] {
  const { edits, decision } = request;
  if (edits === undefined) return undefined;
  if (what !== 'plan' || decision !== 'approve') {
    throw new QuireError(
      'invalid_request',
      `Expected edits only with the approval of a plan, got them with ${decision} of ${what}.`,
    );
  }
  const { budgetUsd, providers, params } = edits;
  return {
    ...(params === undefined
      ? {}
      : {
          params: parseParams(requireWorkflow(ports.findWorkflow, task), {
            ...task.params,
            ...params,
          }),
        }),
    ...(providers === undefined ? {} : { providers }),
    ...(budgetUsd === undefined ? {} : { addedBudgetInMicroUsd: addedBudget(task, budgetUsd) }),
  };
}

function addedBudget({ budget }: Task, budgetUsd: number): number {
  const limitInMicroUsd = microUsdOf(budgetUsd);
  const usedInMicroUsd = budget.spentInMicroUsd + budget.reservedInMicroUsd;
  if (limitInMicroUsd >= usedInMicroUsd) return limitInMicroUsd - budget.limitInMicroUsd;
  throw new QuireError(
    'invalid_request',
    `Expected a budget of at least ${usedInMicroUsd / 1_000_000} dollars, which the task has used; got ${budgetUsd}.`,
  );
}

/** The month's money, as far as the task's budget was taken from it. */
function allowanceOf({ spending }: DecidePorts, task: Task) {
  const allowances = spending === undefined ? [] : withLimits(spending, task.allowances ?? []);
  return {
    async take(amountInMicroUsd: number): Promise<void> {
      if (spending === undefined || amountInMicroUsd <= 0) return;
      await takeFromAll(spending.allowances, allowances, amountInMicroUsd);
    },
    async giveBack(amountInMicroUsd: number): Promise<void> {
      if (spending === undefined) return;
      await giveBackToAll(spending.allowances, allowances, amountInMicroUsd);
    },
  };
}

/** The decision is stored and holds: that the engine cannot be reached is for the sweeper to mend, not for who decided. */
async function tell(ports: DecidePorts, task: Task): Promise<void> {
  try {
    await answerApproval(ports, task);
  } catch (error) {
    ports.logger.warn('approval-untold', { taskId: task.taskId, code: problemOf(error).code });
  }
}

function parse(body: unknown): ApprovalRequest {
  const parsed = ApprovalRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuireError(
    'invalid_request',
    `Expected decision (approve or reject), comment and, for a plan, edits (budgetUsd, providers, params); wrong at ${issue?.path.join('.') || 'the body'}.`,
  );
}

function notOpen({ taskId, status, approval }: Task): QuireError {
  const standing = approval === undefined ? 'none was asked' : `it is ${approval.state}`;
  return new QuireError(
    'approval_not_open',
    `Expected an approval that is open; ${standing}, and the task is ${status}.`,
    { details: { taskId, status } },
  );
}
