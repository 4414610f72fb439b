import { describe, expect, it } from '@jest/globals';
import type { TaskId } from '#shared/domain/ids.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { queuedTask, testTimeInMs } from '../../support/tasks.ts';

/** Ends that nobody has been told of: {@link TaskStore.listUnannounced} and {@link TaskStore.markAnnounced}. */
export function describeTaskAnnouncements(create: () => TaskStore): void {
  describe('announcements', () => {
    it('an end is unannounced from the write that makes it, and counted in the order of the ends', async () => {
      const store = create();
      const [first, second, open] = [await queued(store), await queued(store), await queued(store)];

      await end(store, second, testTimeInMs + 2_000);
      await end(store, first, testTimeInMs + 1_000);

      const unannounced = await store.listUnannounced({
        endedBeforeInMs: testTimeInMs + 5_000,
        limit: 1_000,
      });
      const mine = unannounced.filter(({ taskId }) => [first, second, open].includes(taskId));
      expect(mine.map(({ taskId }) => taskId)).toEqual([first, second]);
      expect(mine[0]).toEqual(await store.get(first));
    });

    it('is listed once it is old enough, so many at a time', async () => {
      const store = create();
      const base = testTimeInMs - 86_400_000;
      const [first, second] = [await queued(store), await queued(store)];
      await end(store, first, base);
      await end(store, second, base + 10);
      const list = async (endedBeforeInMs: number, limit: number) =>
        (await store.listUnannounced({ endedBeforeInMs, limit })).map(({ taskId }) => taskId);

      expect(await list(base, 10)).toEqual([]);
      expect(await list(base + 10, 10)).toEqual([first]);
      expect(await list(base + 11, 10)).toEqual([first, second]);
      expect(await list(base + 11, 1)).toEqual([first]);
      for (const taskId of [first, second]) await store.markAnnounced(taskId, 1);
    });

    it('is listed as of another time when it is postponed, unless it is announced already', async () => {
      const store = create();
      const taskId = await queued(store);
      await end(store, taskId, testTimeInMs);
      const later = testTimeInMs + 60_000;
      const isListed = async (endedBeforeInMs: number) =>
        (await store.listUnannounced({ endedBeforeInMs, limit: 1_000 })).some(
          (task) => task.taskId === taskId,
        );

      await store.postponeAnnouncement(taskId, { run: 2, toInMs: later });
      expect(await isListed(later)).toBe(true);
      await store.postponeAnnouncement(taskId, { run: 1, toInMs: later });
      expect(await isListed(later)).toBe(false);
      expect(await isListed(later + 1)).toBe(true);

      await store.markAnnounced(taskId, 1);
      await store.postponeAnnouncement(taskId, { run: 1, toInMs: testTimeInMs });
      expect(await isListed(later + 1)).toBe(false);
    });

    it('is no longer listed when it is announced, and nothing else of the task changes', async () => {
      const store = create();
      const taskId = await queued(store);
      await end(store, taskId, testTimeInMs);
      const before = await store.get(taskId);

      await store.markAnnounced(taskId, 1);
      await store.markAnnounced(taskId, 1);

      expect(await isUnannounced(store, taskId)).toBe(false);
      expect(await store.get(taskId)).toEqual(before);
    });

    it('of a resumed task is over: it is unended again, and its next end is unannounced', async () => {
      const store = create();
      const taskId = await queued(store);
      await end(store, taskId, testTimeInMs);
      await resume(store, taskId, 1);

      expect(await isUnannounced(store, taskId)).toBe(false);
      expect((await store.listUnended()).map((task) => task.taskId)).toContain(taskId);

      // What announced the end before comes late.
      await store.markAnnounced(taskId, 1);
      expect((await store.listUnended()).map((task) => task.taskId)).toContain(taskId);

      await end(store, taskId, testTimeInMs + 1);
      await store.markAnnounced(taskId, 1);
      expect(await isUnannounced(store, taskId)).toBe(true);
      await store.markAnnounced(taskId, 2);
      expect(await isUnannounced(store, taskId)).toBe(false);
    });

    it('is not made by marking what has not ended or is not there', async () => {
      const store = create();
      const taskId = await queued(store);

      await store.markAnnounced(taskId, 1);
      await store.markAnnounced(queuedTask().taskId, 1);

      expect((await store.listUnended()).map((task) => task.taskId)).toContain(taskId);
    });
  });
}

async function queued(store: TaskStore): Promise<TaskId> {
  const { task } = await store.create(queuedTask());
  return task.taskId;
}

async function end(store: TaskStore, taskId: TaskId, nowInMs: number) {
  const ending = { status: 'CANCELLED' } as const;
  await store.end(taskId, { run: 'any', nowInMs, ending, usage: noUsage });
}

async function resume(store: TaskStore, taskId: TaskId, run: number) {
  await store.resume(taskId, {
    run,
    nowInMs: testTimeInMs,
    deadlineAtInMs: testTimeInMs + 60_000,
    addedBudgetInMicroUsd: 0,
    allowances: [],
  });
}

async function isUnannounced(store: TaskStore, taskId: TaskId): Promise<boolean> {
  const query = { endedBeforeInMs: testTimeInMs + 86_400_000, limit: 1_000 };
  return (await store.listUnannounced(query)).some((task) => task.taskId === taskId);
}
