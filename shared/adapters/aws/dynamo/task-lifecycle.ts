import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import { expiryAfterEnd } from './retention.ts';
import type { StateTable } from './table.ts';
import { all, isNew, isOfRun, isQueued, isUnended, statusValues } from './task-conditions.ts';
import { itemOfTask, taskOfItem, timelineEntry } from './task-item.ts';

type TaskLifecycle = Pick<TaskStore, 'create' | 'get' | 'begin' | 'supersede' | 'end'>;

/** From its creation to its end: what changes the standing of a task. */
export function taskLifecycle(
  table: StateTable,
  retentionInDays: number | undefined,
): TaskLifecycle {
  const get = async (taskId: TaskId): Promise<Task | undefined> => {
    const item = await table.get(keys.task(taskId));
    return item === undefined ? undefined : taskOfItem(item);
  };
  return {
    get,
    async create(task) {
      if (await table.put(itemOfTask(task), { condition: isNew })) return { task, isNew: true };
      const stored = await get(task.taskId);
      if (stored !== undefined) return { task: stored, isNew: false };
      throw vanished(task.taskId);
    },
    async begin(taskId, { run, nowInMs }) {
      const item = await table.change({
        key: keys.task(taskId),
        update:
          'SET #status = :RUNNING, #startedAtInMs = :now, #timeline = list_append(#timeline, :entry)',
        condition: all(isQueued, isOfRun),
        values: {
          ...statusValues('QUEUED', 'RUNNING'),
          run,
          now: nowInMs,
          entry: timelineEntry(nowInMs, 'Started'),
        },
      });
      if (item !== undefined) return taskOfItem(item);
      const task = await get(taskId);
      return task?.status === 'RUNNING' && task.run === run ? task : undefined;
    },
    async supersede(taskId) {
      const item = await table.change({
        key: keys.task(taskId),
        update: 'SET #run = #run + :one',
        condition: isUnended,
        values: { ...statusValues('QUEUED', 'RUNNING'), one: 1 },
      });
      return item === undefined ? undefined : taskOfItem(item).run;
    },
    async end(taskId, { run, nowInMs, ending, usage }) {
      const attributes = {
        ...ending,
        usage,
        endedAtInMs: nowInMs,
        ...expiryAfterEnd(nowInMs, retentionInDays),
      };
      const sets = Object.keys(attributes).map((name) => `#${name} = :${name}`);
      const item = await table.change({
        key: keys.task(taskId),
        update: `SET ${sets.join(', ')}, #timeline = list_append(#timeline, :entry) REMOVE #gsi2pk, #gsi2sk`,
        condition: run === 'any' ? isUnended : all(isUnended, isOfRun),
        values: {
          ...statusValues('QUEUED', 'RUNNING'),
          ...(run === 'any' ? {} : { run }),
          ...attributes,
          entry: timelineEntry(nowInMs, `Ended: ${ending.status}`),
        },
      });
      return item === undefined ? undefined : taskOfItem(item);
    },
  };
}

function vanished(taskId: TaskId): QuireError {
  return new QuireError(
    'store_unavailable',
    'Expected the task that has the id already; it expired meanwhile. Submit it again.',
    { details: { taskId } },
  );
}
