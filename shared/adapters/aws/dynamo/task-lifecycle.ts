import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Task } from '#shared/domain/task.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { endKey, keys, unannouncedPartition, unendedPartition } from './keys.ts';
import { expiryAfterEnd } from './retention.ts';
import type { StateTable } from './table.ts';
import {
  all,
  hasEnded,
  isNew,
  isOfRun,
  isQueued,
  isUnended,
  statusValues,
} from './task-conditions.ts';
import { itemOfTask, taskOfItem, timelineEntry } from './task-item.ts';

type TaskLifecycle = Pick<TaskStore, 'create' | 'get' | 'begin' | 'supersede' | 'end' | 'resume'>;

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
    async begin(taskId, { run, nowInMs, progress = {} }) {
      const counts = Object.keys(progress).map((name) => `#${name} = :${name}, `);
      const item = await table.change({
        key: keys.task(taskId),
        update: `SET ${counts.join('')}#status = :RUNNING, #startedAtInMs = :now, #timeline = list_append(#timeline, :entry)`,
        condition: all(isQueued, isOfRun),
        values: {
          ...statusValues('QUEUED', 'RUNNING'),
          ...progress,
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
    resume: (taskId, change) => resume(table, taskId, change),
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
        // In the same write, so that no end can be forgotten: it is unannounced until somebody says otherwise.
        update: `SET ${sets.join(', ')}, #timeline = list_append(#timeline, :entry), #gsi2pk = :unannounced, #gsi2sk = :endKey`,
        condition: run === 'any' ? isUnended : all(isUnended, isOfRun),
        values: {
          ...statusValues('QUEUED', 'RUNNING'),
          ...(run === 'any' ? {} : { run }),
          ...attributes,
          entry: timelineEntry(nowInMs, `Ended: ${ending.status}`),
          unannounced: unannouncedPartition,
          endKey: endKey(taskId, nowInMs),
        },
      });
      return item === undefined ? undefined : taskOfItem(item);
    },
  };
}

/** What an ended task has and a queued one has not. */
const endedAttributes = [
  'endedAtInMs',
  'usage',
  'artifacts',
  'coverage',
  'reasons',
  'error',
  'stage',
  'drafts',
  'expiresAt',
];

async function resume(
  table: StateTable,
  taskId: TaskId,
  change: Parameters<TaskStore['resume']>[1],
): Promise<Task | undefined> {
  const { run, nowInMs, deadlineAtInMs, addedBudgetInMicroUsd, allowances } = change;
  const removed =
    change.keepsApproval === true ? endedAttributes : [...endedAttributes, 'approval'];
  const item = await table.change({
    key: keys.task(taskId),
    update: [
      'SET #status = :QUEUED, #run = :next, #deadlineAtInMs = :deadline, #gsi2pk = :unended, #gsi2sk = #gsi1sk, #allowances = :allowances',
      '#budget.#limitInMicroUsd = #budget.#limitInMicroUsd + :added',
      '#budget.#availableInMicroUsd = #budget.#availableInMicroUsd + :added',
      `#timeline = list_append(#timeline, :entry) REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
    ].join(', '),
    condition: all(hasEnded, isOfRun),
    values: {
      ...statusValues('QUEUED', 'RUNNING'),
      run,
      next: run + 1,
      deadline: deadlineAtInMs,
      unended: unendedPartition,
      added: addedBudgetInMicroUsd,
      allowances,
      entry: timelineEntry(nowInMs, 'Resumed'),
    },
  });
  if (item !== undefined) return taskOfItem(item);
  // The same change sent again by the SDK, because its answer was lost.
  const stored = await table.get(keys.task(taskId));
  const task = stored === undefined ? undefined : taskOfItem(stored);
  const isMine =
    task?.run === run + 1 &&
    task.status === 'QUEUED' &&
    task.timeline.at(-1)?.atInMs === nowInMs &&
    task.timeline.at(-1)?.event === 'Resumed';
  return isMine ? task : undefined;
}

function vanished(taskId: TaskId): QuireError {
  return new QuireError(
    'store_unavailable',
    'Expected the task that has the id already; it expired meanwhile. Submit it again.',
    { details: { taskId } },
  );
}
