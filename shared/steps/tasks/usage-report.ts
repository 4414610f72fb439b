import type { Attempt } from '#shared/domain/call.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { UsageTotals } from '#shared/domain/usage.ts';
import { totalsOfLedger } from './ledger-totals.ts';

/** Content of `usage.json`: the ledger of the task, row by row, and what it adds up to. */
export interface UsageReport {
  readonly taskId: TaskId;
  readonly totals: UsageTotals;
  readonly attempts: readonly Attempt[];
}

/** Makes the content of `usage.json` from the ledger, in the order in which the attempts started. */
export function usageReport(taskId: TaskId, attempts: readonly Attempt[]): UsageReport {
  const inOrder = [...attempts].sort((a, b) => a.startedAtInMs - b.startedAtInMs);
  return { taskId, totals: totalsOfLedger(attempts), attempts: inOrder };
}
