import { type ErrorCode, errorEntry } from '#shared/domain/errors.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import type { Metrics } from '#shared/ports/metrics.ts';

/** Counts the end of a task, once: by its status, and apart where we are to blame or the money ran out. */
export function countEnd(metrics: Metrics | undefined, task: Task): void {
  if (metrics === undefined || !isEnded(task)) return;
  const { workflowId: workflow, status, endedAtInMs } = task;
  const began = task.timeline.findLast(({ event }) => event === 'Resumed')?.atInMs;
  metrics.count('TasksEnded', 1, { workflow, status });
  const durationInMs = endedAtInMs - (began ?? task.createdAtInMs);
  metrics.count('TaskDurationInSeconds', durationInMs / 1_000, { workflow });
  const codes = codesOf(task);
  if (codes.includes('budget_exceeded')) metrics.count('BudgetStops', 1, {});
  if (status === 'FAILED' && codes.some(isOurs)) metrics.count('TasksBroken', 1, {});
}

/** Limits that its submitter has set; the others are those of the platform. */
const ownLimits: readonly ErrorCode[] = ['budget_exceeded', 'deadline_exceeded'];

function isOurs(code: ErrorCode): boolean {
  return errorEntry(code).origin !== 'input' && !ownLimits.includes(code);
}

function codesOf(task: Task) {
  if (task.status === 'FAILED') return [task.error.code];
  return task.status === 'PARTIAL' ? task.reasons.map(({ code }) => code) : [];
}
