import type { TaskStore } from '#shared/ports/task-store.ts';
import { createStateTable, type DynamoOptions } from './table.ts';
import { taskAnnouncements } from './task-announcements.ts';
import { taskApprovals } from './task-approvals.ts';
import { taskLifecycle } from './task-lifecycle.ts';
import { taskLists } from './task-lists.ts';
import { taskMoney } from './task-money.ts';
import { taskProgress } from './task-progress.ts';
import { uploads } from './uploads.ts';
import { usageRows } from './usage-rows.ts';

/** Tasks in DynamoDB: one item a task, and every change of it one conditional write. */
export function createDynamoTaskStore(options: DynamoOptions): TaskStore {
  const table = createStateTable(options);
  return {
    ...taskLifecycle(table, options.retentionInDays),
    ...taskProgress(table),
    ...taskApprovals(table, options.retentionInDays),
    ...taskLists(table),
    ...taskAnnouncements(table),
    ...taskMoney(table),
    ...uploads(table),
    ...usageRows(table),
  };
}
