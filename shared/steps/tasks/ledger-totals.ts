import type { Attempt } from '#shared/domain/call.ts';
import type { Task } from '#shared/domain/task.ts';
import { dayOf } from '#shared/domain/time.ts';
import { addUsage, noUsage, totalsOfAttempt, type UsageTotals } from '#shared/domain/usage.ts';
import type { UsageRow } from '#shared/ports/task-store.ts';

/** What the attempts of a task add up to. A row that was never completed may have been billed: it counts with its whole reservation. */
export function totalsOfLedger(attempts: readonly Attempt[]): UsageTotals {
  return attempts.map(totalsOf).reduce(addUsage, noUsage);
}

/** The rows of a task in the books: a row for each day and provider, by the day on which an attempt started (UTC). */
export function usageRows(task: Task, attempts: readonly Attempt[]): UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const attempt of attempts) {
    const day = dayOf(attempt.startedAtInMs);
    const key = `${day} ${attempt.provider}`;
    const totals = addUsage(rows.get(key)?.totals ?? noUsage, totalsOf(attempt));
    const { taskId, tenantId, workflowId } = task;
    rows.set(key, { day, tenantId, taskId, workflowId, provider: attempt.provider, totals });
  }
  return [...rows.values()];
}

function totalsOf(attempt: Attempt): UsageTotals {
  return attempt.state === 'ended'
    ? totalsOfAttempt(attempt.usage, attempt.costInMicroUsd)
    : totalsOfAttempt({}, attempt.reservedInMicroUsd);
}
