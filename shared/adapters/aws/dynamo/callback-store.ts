import { Callback, type CallbackKey, type DeliveryOutcome } from '#shared/domain/callback.ts';
import { stateTable } from '#shared/domain/table.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import { itemsAt } from './index-entries.ts';
import { duePartition, keys, timeKey } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryWhileWorking } from './retention.ts';
import { createStateTable, type DynamoOptions, type Item, type StateTable } from './table.ts';
import { all, exists, isNew } from './task-conditions.ts';

const { partitionKey, sortKey } = stateTable.indexes.unended;

/**
 * Callbacks in DynamoDB. A pending one stands in the sparse index under the time at which somebody has to look at it: that of its next
 * delivery, or the end of the lease of the one under way.
 */
export function createDynamoCallbackStore(options: DynamoOptions): CallbackStore {
  const table = createStateTable(options);
  return {
    async create(callback) {
      const atInMs = callback.nextAttemptAtInMs ?? callback.endedAtInMs;
      const item = {
        ...keys.callback(callback),
        ...callback,
        fence: 0,
        leaseEndsAtInMs: 0,
        [partitionKey]: duePartition,
        [sortKey]: dueKey(atInMs, callback),
        ...expiryWhileWorking(callback.endedAtInMs, options.retentionInDays),
      };
      return await table.put(item, { condition: isNew });
    },
    async get(key) {
      const item = await table.get(keys.callback(key));
      return item === undefined ? undefined : callbackOf(item);
    },
    async listDue({ nowInMs, limit }) {
      const { items } = await table.query({
        index: 'unended',
        condition: `#${partitionKey} = :due AND #${sortKey} < :now`,
        values: { due: duePartition, now: timeKey(nowInMs + 1) },
        limit,
      });
      const due = await itemsAt(table, items);
      return due.map(callbackOf).map(({ taskId, run }) => ({ taskId, run }));
    },
    async claim(key, { nowInMs, leaseInMs }) {
      const leaseEndsAtInMs = nowInMs + leaseInMs;
      const item = await table.change({
        key: keys.callback(key),
        update: `SET #fence = #fence + :one, #attempts = #attempts + :one, #tries = #tries + :one, #leaseEndsAtInMs = :leaseEnd, #${sortKey} = :dueKey`,
        condition: all(isPending, '#nextAttemptAtInMs <= :now', '#leaseEndsAtInMs <= :now'),
        values: {
          pending: 'pending',
          now: nowInMs,
          one: 1,
          leaseEnd: leaseEndsAtInMs,
          dueKey: dueKey(leaseEndsAtInMs, key),
        },
      });
      if (item === undefined) return undefined;
      return { callback: callbackOf(item), fence: Number(item['fence']) };
    },
    conclude: (key, change) => conclude(table, key, change),
    async replay(key, { nowInMs }) {
      // The lease of a delivery under way stays, so that the replay begins after it; its outcome is then of no interest.
      const item = await table.change({
        key: keys.callback(key),
        update: `SET #fence = #fence + :one, #state = :pending, #tries = :none, #nextAttemptAtInMs = :now, #${partitionKey} = :due, #${sortKey} = :dueKey`,
        condition: exists,
        values: {
          one: 1,
          none: 0,
          pending: 'pending',
          now: nowInMs,
          due: duePartition,
          dueKey: dueKey(nowInMs, key),
        },
      });
      return item === undefined ? undefined : callbackOf(item);
    },
  };
}

const isPending = '#state = :pending';

async function conclude(
  table: StateTable,
  key: CallbackKey,
  change: Parameters<CallbackStore['conclude']>[1],
): Promise<boolean> {
  const { fence, outcome, lastStatus, lastError } = change;
  const { attributes, removed } = attributesOf(key, outcome);
  const known = { ...attributes, lastStatus, lastError, leaseEndsAtInMs: 0 };
  const sets = Object.entries(known).filter(([, value]) => value !== undefined);
  const gone = [
    ...removed,
    ...(lastStatus === undefined ? ['lastStatus'] : []),
    ...(lastError === undefined ? ['lastError'] : []),
  ];
  const remove = gone.length === 0 ? '' : ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}`;
  const item = await table.change({
    key: keys.callback(key),
    update: `SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}${remove}`,
    condition: '#fence = :fence',
    values: { ...Object.fromEntries(sets), fence },
  });
  return item !== undefined;
}

/** One that is done leaves the index. */
function attributesOf(key: CallbackKey, outcome: DeliveryOutcome) {
  const { state } = outcome;
  if (state !== 'pending') {
    return { attributes: { state }, removed: ['nextAttemptAtInMs', partitionKey, sortKey] };
  }
  const { nextAttemptAtInMs } = outcome;
  const attributes = { state, nextAttemptAtInMs, [sortKey]: dueKey(nextAttemptAtInMs, key) };
  return { attributes, removed: [] };
}

function dueKey(atInMs: number, { taskId, run }: CallbackKey): string {
  return `${timeKey(atInMs)}#${taskId}#${run}`;
}

function callbackOf(item: Item): Callback {
  return parseItem(Callback, item, 'callback');
}
