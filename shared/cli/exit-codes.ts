import { errorEntry, isQuireError } from '#shared/domain/errors.ts';
import type { Task } from '#shared/domain/task.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes, fixed for scripts (design, § Surface). */
export const exitCodes = {
  succeeded: 0,
  failed: 4,
  badUsageOrInput: 2,
  partial: 3,
  cancelled: 5,
} as const;

/** How a command ends for a task: what was wrong with the input is the caller's to mend, and told apart from a failure. */
export function exitCodeOf(task: Task): number {
  switch (task.status) {
    case 'SUCCEEDED':
      return exitCodes.succeeded;
    case 'PARTIAL':
      return exitCodes.partial;
    case 'CANCELLED':
      return exitCodes.cancelled;
    case 'FAILED':
      return errorEntry(task.error.code).origin === 'input'
        ? exitCodes.badUsageOrInput
        : exitCodes.failed;
    case 'QUEUED':
    case 'RUNNING':
      return exitCodes.failed;
  }
}

/** How a command ends that threw. */
export function exitCodeOfError(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.badUsageOrInput;
  if (isQuireError(error) && errorEntry(error.code).origin === 'input')
    return exitCodes.badUsageOrInput;
  return exitCodes.failed;
}
