import type { TaskStore } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import type { StateTable } from './table.ts';
import { all, exists, hasEnded, isOfRun, isRunning, statusValues } from './task-conditions.ts';
import { timelineEntry } from './task-item.ts';

/** What a task shows while it works and after it. */
export function taskProgress(
  table: StateTable,
): Pick<TaskStore, 'note' | 'countEndedCall' | 'correctUsage'> {
  return {
    async note(taskId, { run, stage, event, nowInMs, callsPlanned, estimate }) {
      return await table.count({
        key: keys.task(taskId),
        update: `SET #stage = :stage, #callsPlanned = #callsPlanned + :calls, #timeline = list_append(#timeline, :entry)${estimate === undefined ? '' : ', #estimate = :estimate'}`,
        condition: all(isRunning, isOfRun),
        values: {
          ...statusValues('RUNNING'),
          run,
          stage,
          calls: callsPlanned ?? 0,
          entry: timelineEntry(nowInMs, event),
          ...(estimate === undefined ? {} : { estimate }),
        },
      });
    },
    async countEndedCall(taskId) {
      await table.count({
        key: keys.task(taskId),
        update: 'SET #callsEnded = #callsEnded + :one',
        condition: exists,
        values: { one: 1 },
      });
    },
    async correctUsage(taskId, usage) {
      await table.change({
        key: keys.task(taskId),
        update: 'SET #usage = :usage',
        condition: all(exists, hasEnded),
        values: { ...statusValues('QUEUED', 'RUNNING'), usage },
      });
    },
  };
}
