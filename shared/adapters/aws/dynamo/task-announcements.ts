import { stateTable } from '#shared/domain/table.ts';
import { isEnded } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { itemsAt } from './index-entries.ts';
import { endKey, keys, timeKey, unannouncedPartition } from './keys.ts';
import type { StateTable } from './table.ts';
import { all, hasEnded, isOfRun, statusValues } from './task-conditions.ts';
import { taskOfItem } from './task-item.ts';

const { partitionKey, sortKey } = stateTable.indexes.unended;

/** Ends that the world has not been told of yet: `end` puts a task among them, `resume` and `markAnnounced` take it out. */
export function taskAnnouncements(
  table: StateTable,
): Pick<TaskStore, 'listUnannounced' | 'postponeAnnouncement' | 'markAnnounced'> {
  return {
    async listUnannounced({ endedBeforeInMs, limit }) {
      const { items } = await table.query({
        index: 'unended',
        condition: `#${partitionKey} = :partition AND #${sortKey} < :before`,
        values: { partition: unannouncedPartition, before: timeKey(endedBeforeInMs) },
        limit,
      });
      const stored = await itemsAt(table, items);
      // The index follows within moments: what has been announced meanwhile is no longer listed in its item.
      const listed = stored.filter((item) => item[partitionKey] === unannouncedPartition);
      return listed.map(taskOfItem).filter(isEnded);
    },
    async postponeAnnouncement(taskId, { run, toInMs }) {
      await table.change({
        key: keys.task(taskId),
        update: `SET #${sortKey} = :endKey`,
        condition: all(hasEnded, isOfRun, `#${partitionKey} = :partition`),
        values: {
          ...statusValues('QUEUED', 'RUNNING'),
          run,
          partition: unannouncedPartition,
          endKey: endKey(taskId, toInMs),
        },
      });
    },
    async markAnnounced(taskId, run) {
      await table.change({
        key: keys.task(taskId),
        update: `REMOVE #${partitionKey}, #${sortKey}`,
        condition: all(hasEnded, isOfRun),
        values: { ...statusValues('QUEUED', 'RUNNING'), run },
      });
    },
  };
}
