import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import { dayOf } from '#shared/domain/time.ts';
import { addUsage, noUsage, type UsageTotals } from '#shared/domain/usage.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { TaskStore, UsageRow } from '#shared/ports/task-store.ts';
import { viewUsage } from './view-task.ts';

type UsageView = ReturnType<typeof viewUsage>;

/** Body of `GET /v1/usage`. */
export interface UsageSummary {
  readonly from: string;
  readonly to: string;
  readonly totals: UsageView;
  readonly byDay: Readonly<Record<string, UsageView>>;
  readonly byWorkflow: Readonly<Record<string, UsageView>>;
  readonly byProvider: Readonly<Record<string, UsageView>>;
}

export type GetUsage = (
  tenantId: TenantId,
  range: { from?: string | undefined; to?: string | undefined },
) => Promise<UsageSummary>;

const monthInMs = 30 * 86_400_000;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** What a tenant has used, from the ledgers of its tasks: by day (UTC), workflow and provider. Without a range, the last 30 days. */
export function createGetUsage(ports: { tasks: TaskStore; clock: Clock }): GetUsage {
  return async (tenantId, range) => {
    const nowInMs = ports.clock.now();
    const to = range.to ?? dayOf(nowInMs);
    const from = range.from ?? dayOf(nowInMs - monthInMs);
    if (!day.test(from) || !day.test(to) || from > to) {
      throw new QuireError(
        'invalid_request',
        'Expected `from` and `to` as days (YYYY-MM-DD), `from` not after `to`.',
      );
    }
    const rows = await ports.tasks.listUsage({ tenantId, fromDay: from, toDay: to });
    return {
      from,
      to,
      totals: viewUsage(rows.map((row) => row.totals).reduce(addUsage, noUsage)),
      byDay: sumsBy(rows, (row) => row.day),
      byWorkflow: sumsBy(rows, (row) => row.workflowId),
      byProvider: sumsBy(rows, (row) => row.provider),
    };
  };
}

function sumsBy(
  rows: readonly UsageRow[],
  keyOf: (row: UsageRow) => string,
): Record<string, UsageView> {
  const sums = new Map<string, UsageTotals>();
  for (const row of rows) {
    const key = keyOf(row);
    sums.set(key, addUsage(sums.get(key) ?? noUsage, row.totals));
  }
  return Object.fromEntries([...sums].map(([key, totals]) => [key, viewUsage(totals)]));
}
