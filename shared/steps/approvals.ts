import type { Approval, ApprovalKind } from '#shared/domain/approval.ts';
import { type Problem, QuireError } from '#shared/domain/errors.ts';
import type { Task, TaskEnding } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';

/** Whether a person has still to be asked. Throws where the answer was no: the run that asked may have died before it heard. */
export function needsApproval(task: Task, what: ApprovalKind): boolean {
  if (task.options.approval !== what) return false;
  const { approval } = task;
  if (approval?.what !== what || approval.state === 'open') return true;
  if (approval.state === 'approved') return false;
  const { code, message } = refusalOf(task.taskId, approval, approval.state);
  throw new QuireError(code, message, { details: { what } });
}

/** How a task ends whose approval was refused or never came; `undefined` for every other task. */
export function endingByApproval({ taskId, approval }: Task): TaskEnding | undefined {
  // Somebody wanted it not to go on: the task is cancelled, and the timeline says why.
  if (approval?.state === 'rejected') return { status: 'CANCELLED' };
  if (approval?.state !== 'expired') return undefined;
  return { status: 'FAILED', error: refusalOf(taskId, approval, 'expired') };
}

/**
 * Tells the execution that waits what was decided, once more where it was told already: it takes one answer. `false` where nobody was told:
 * nothing is decided, it was told before, or nothing waits under the token that is known.
 */
export async function answerApproval(
  ports: { readonly tasks: TaskStore; readonly engine: WorkflowEngine },
  { taskId, run, approval }: Task,
): Promise<boolean> {
  if (approval === undefined || approval.state === 'open') return false;
  if (approval.isAnswered === true) return false;
  const { what, state, asks } = approval;
  const token = await ports.tasks.getApprovalToken({ taskId, run, what });
  if (token === undefined) return false;
  const isTold = await ports.engine.answer(
    token,
    state === 'approved'
      ? { isSuccess: true, output: { decision: state } }
      : { isSuccess: false, code: refusalCodes[state] },
  );
  // Only if nobody has asked again since: then another token waits.
  await ports.tasks.noteApprovalAnswered(taskId, { asks });
  return isTold;
}

const refusalCodes = { rejected: 'approval_rejected', expired: 'approval_expired' } as const;

function refusalOf(
  taskId: string,
  { what, askedAtInMs, expiresAtInMs }: Approval,
  state: keyof typeof refusalCodes,
): Problem {
  const minutes = Math.round((expiresAtInMs - askedAtInMs) / 60_000);
  const message =
    state === 'rejected'
      ? 'Expected a person to approve; the answer was no.'
      : `Expected a person to answer within ${minutes} minutes; nobody did.`;
  return { code: refusalCodes[state], message, details: { taskId, what } };
}
