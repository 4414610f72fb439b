import { QuireError } from '#shared/domain/errors.ts';
import { TaskId, type TenantId } from '#shared/domain/ids.ts';
import { stateTable } from '#shared/domain/table.ts';
import type { Task } from '#shared/domain/task.ts';
import type { TaskPage, TaskQuery, TaskStore } from '#shared/ports/task-store.ts';
import { itemsAt } from './index-entries.ts';
import { creationKey, keys, tenantPartition, unendedPartition } from './keys.ts';
import type { Item, StateTable, TableQuery } from './table.ts';
import { taskOfItem } from './task-item.ts';

/** A rare status is looked for in this many pages of {@link itemsPerPage}; then a short page with a cursor is returned. */
const maxPages = 10;
const itemsPerPage = 100;

/**
 * Lists over the indexes, which follow the table within moments and name the tasks; these are then read as they are now. A status is a filter and no index of its own: a write of every status
 * change to a third index would cost more than the few lists that ask for one.
 */
export function taskLists(table: StateTable): Pick<TaskStore, 'list' | 'listUnended'> {
  return {
    async list(query) {
      const { items, lastKey } = await readPages(table, query);
      const shown = items.slice(0, query.limit);
      const last = items.length > query.limit ? shown.at(-1) : lastKey;
      const tasks = await tasksAt(table, shown);
      const { status } = query;
      const fitting = status === undefined ? tasks : tasks.filter((task) => task.status === status);
      return { tasks: fitting, cursor: cursorOf(last) };
    },
    async listUnended() {
      const items = await table.queryAll({
        index: 'unended',
        condition: `#${unended.partitionKey} = :partition`,
        values: { partition: unendedPartition },
      });
      return await tasksAt(table, items);
    },
  };
}

async function tasksAt(table: StateTable, entries: readonly Item[]): Promise<Task[]> {
  return (await itemsAt(table, entries)).map(taskOfItem);
}

const { byTenant, unended } = stateTable.indexes;

/** Reads until there is one item more than asked for, which shows whether another page follows. */
async function readPages(table: StateTable, query: TaskQuery) {
  const { tenantId, limit, cursor } = query;
  const items: Item[] = [];
  let lastKey = cursor === undefined ? undefined : startKeyOf(cursor, tenantId);
  for (let pages = 0; pages < maxPages && items.length <= limit; pages += 1) {
    const page = await table.query({
      ...tableQueryOf(query),
      ...(lastKey === undefined ? {} : { startKey: lastKey }),
    });
    items.push(...page.items);
    lastKey = page.lastKey;
    if (lastKey === undefined) break;
  }
  return { items, lastKey };
}

function tableQueryOf({ tenantId, status, limit }: TaskQuery): TableQuery {
  const ofTenant = {
    index: 'byTenant',
    condition: `#${byTenant.partitionKey} = :tenant`,
    isDescending: true,
  };
  const tenant = tenantPartition(tenantId);
  if (status === undefined) return { ...ofTenant, values: { tenant }, limit: limit + 1 };
  const values = { tenant, status };
  return { ...ofTenant, values, filter: '#status = :status', limit: itemsPerPage };
}

/** A cursor is the sort key of the last task shown: what else the index wants is known, and no cursor leads to another tenant. */
function cursorOf(last: Item | undefined): TaskPage['cursor'] {
  const created = last?.[byTenant.sortKey];
  return typeof created === 'string' ? Buffer.from(created).toString('base64url') : undefined;
}

function startKeyOf(cursor: string, tenantId: TenantId): Item {
  const created = Buffer.from(cursor, 'base64url').toString();
  const [time = '', id = ''] = created.split('#');
  const taskId = TaskId.safeParse(id);
  const createdAtInMs = Date.parse(time);
  if (!taskId.success || Number.isNaN(createdAtInMs)) throw wrongCursor();
  if (creationKey({ createdAtInMs, taskId: taskId.data }) !== created) throw wrongCursor();
  return {
    ...keys.task(taskId.data),
    [byTenant.partitionKey]: tenantPartition(tenantId),
    [byTenant.sortKey]: created,
  };
}

function wrongCursor(): QuireError {
  return new QuireError(
    'invalid_request',
    'Expected `cursor` as the page before gave it; this one is of no page. Start without a cursor.',
  );
}
