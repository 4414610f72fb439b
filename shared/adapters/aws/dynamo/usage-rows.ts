import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId, TenantId } from '#shared/domain/ids.ts';
import { UsageTotals } from '#shared/domain/usage.ts';
import type { TaskStore, UsageRow } from '#shared/ports/task-store.ts';
import { keys, usagePartition } from './keys.ts';
import { parseItem } from './parse-item.ts';
import type { StateTable } from './table.ts';

const StoredUsageRow: z.ZodType<UsageRow> = z.object({
  day: z.iso.date(),
  tenantId: TenantId,
  taskId: TaskId,
  workflowId: z.string(),
  provider: z.string(),
  totals: UsageTotals,
});

const dayInMs = 86_400_000;
/** Days that are read at once. */
const daysAtOnce = 16;

/** Spending by day. Rows outlive their tasks: they are the record of what was paid. */
export function usageRows(table: StateTable): Pick<TaskStore, 'putUsage' | 'listUsage'> {
  return {
    async putUsage(rows) {
      await Promise.all(rows.map((row) => table.put({ ...keys.usage(row), ...row })));
    },
    async listUsage({ tenantId, fromDay, toDay }) {
      const days = daysBetween(fromDay, toDay);
      const rows: UsageRow[] = [];
      while (days.length > 0) {
        const pages = await Promise.all(
          days.splice(0, daysAtOnce).map((day) =>
            table.queryAll({
              condition: '#pk = :partition',
              values: { partition: usagePartition(tenantId, day) },
            }),
          ),
        );
        rows.push(...pages.flat().map((item) => parseItem(StoredUsageRow, item, 'usage row')));
      }
      return rows;
    },
  };
}

function daysBetween(fromDay: string, toDay: string): string[] {
  const from = startOf(fromDay);
  const count = Math.max(0, Math.round((startOf(toDay) - from) / dayInMs) + 1);
  return Array.from({ length: count }, (_, index) =>
    new Date(from + index * dayInMs).toISOString().slice(0, 10),
  );
}

function startOf(day: string): number {
  if (z.iso.date().safeParse(day).success) return Date.parse(day);
  throw new QuireError('invalid_request', 'Expected days as YYYY-MM-DD; another form came.');
}
