import type { TaskStore } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import type { StateTable } from './table.ts';
import { all, exists, hasEnded, isOfRun, isRunning, statusValues } from './task-conditions.ts';
import { taskOfItem, timelineEntry } from './task-item.ts';

const hasNoChildren = 'attribute_not_exists(#children)';

/** What a task shows while it works and after it. */
export function taskProgress(
  table: StateTable,
): Pick<TaskStore, 'note' | 'noteChild' | 'countEndedCall' | 'correctUsage'> {
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
    async noteChild(taskId, { run, known, child, event }) {
      const item = await table.change({
        key: keys.task(taskId),
        update:
          'SET #children = list_append(if_not_exists(#children, :none), :child), #timeline = list_append(#timeline, :entry)',
        condition: all(
          isRunning,
          isOfRun,
          known === 0 ? hasNoChildren : 'size(#children) = :known',
        ),
        values: {
          ...statusValues('RUNNING'),
          run,
          ...(known === 0 ? {} : { known }),
          none: [],
          child: [child],
          entry: timelineEntry(child.atInMs, event),
        },
      });
      if (item !== undefined) return taskOfItem(item);
      // The same change sent again by the SDK, because its answer was lost.
      const stored = await table.get(keys.task(taskId));
      const task = stored === undefined ? undefined : taskOfItem(stored);
      const last = task?.children?.[known];
      return last?.taskId === child.taskId && last.run === child.run ? task : undefined;
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
