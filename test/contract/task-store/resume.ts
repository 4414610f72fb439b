import { describe, expect, it } from '@jest/globals';
import { openBudget } from '#shared/domain/budget.ts';
import type { TaskEnding } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { ids, queuedTask, testTimeInMs } from '../../support/tasks.ts';

const nowInMs = testTimeInMs + 60_000;
const problem = { code: 'internal_error', message: 'It broke.' } as const;
const delivered = {
  artifacts: [{ name: 'summary.docx', contentType: 'application/x', sizeInBytes: 5 }],
  coverage: { units: 3, used: 1, skipped: 1, failed: 1 },
};
const endings: readonly TaskEnding[] = [
  { status: 'PARTIAL', ...delivered, reasons: [problem] },
  { status: 'FAILED', error: problem },
  { status: 'CANCELLED' },
];
const change = {
  run: 1,
  nowInMs,
  deadlineAtInMs: nowInMs + 3_600_000,
  addedBudgetInMicroUsd: 500,
  allowances: ['all 2026-11'],
};

export function describeTaskResume(create: () => TaskStore): void {
  describe('resume', () => {
    it.each(endings.map((ending) => [ending.status, ending] as const))(
      'queues a task that has ended again: %s',
      async (_, ending) => {
        const { store, task } = await endedTask(create(), ending);

        const resumed = await store.resume(task.taskId, change);

        // Of its end nothing is left but the money and the timeline.
        expect(resumed).toEqual({
          ...task,
          run: 2,
          deadlineAtInMs: change.deadlineAtInMs,
          allowances: ['all 2026-11'],
          budget: {
            limitInMicroUsd: 1_500,
            availableInMicroUsd: 1_250,
            reservedInMicroUsd: 50,
            spentInMicroUsd: 200,
          },
          timeline: [
            { atInMs: testTimeInMs, event: 'Submitted' },
            { atInMs: testTimeInMs, event: 'Started' },
            { atInMs: testTimeInMs, event: `Ended: ${ending.status}` },
            { atInMs: nowInMs, event: 'Resumed' },
          ],
        });
        expect(await store.get(task.taskId)).toEqual(resumed);
      },
    );

    it('lists the task as unended again', async () => {
      const { store, task } = await endedTask(create(), { status: 'CANCELLED' });
      const isListed = async () =>
        (await store.listUnended()).some(({ taskId }) => taskId === task.taskId);
      expect(await isListed()).toBe(false);

      await store.resume(task.taskId, change);

      expect(await isListed()).toBe(true);
      const { tenantId } = task;
      const { tasks } = await store.list({ tenantId, status: 'QUEUED', limit: 5 });
      expect(tasks.map(({ taskId }) => taskId)).toEqual([task.taskId]);
    });

    it('lets one of many parallel resumers win', async () => {
      const { store, task } = await endedTask(create(), { status: 'CANCELLED' });

      const resumed = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.resume(task.taskId, { ...change, nowInMs: nowInMs + index }),
        ),
      );

      expect(resumed.filter((each) => each !== undefined)).toHaveLength(1);
      expect(await store.get(task.taskId)).toMatchObject({
        run: 2,
        budget: { limitInMicroUsd: 1_500 },
      });
    });

    it('refuses what is queued, running, unknown or of another run, and changes nothing', async () => {
      const store = create();
      const { task: queued } = await store.create(queuedTask());
      const { task: running } = await store.create(queuedTask());
      await store.begin(running.taskId, { run: 1, nowInMs });
      const { task: ended } = await endedTask(store, { status: 'CANCELLED' });
      const all = [queued, running, ended];
      const before = await Promise.all(all.map(({ taskId }) => store.get(taskId)));

      expect(await store.resume(queued.taskId, change)).toBeUndefined();
      expect(await store.resume(running.taskId, change)).toBeUndefined();
      expect(await store.resume(ended.taskId, { ...change, run: 2 })).toBeUndefined();
      expect(await store.resume(ids.taskId(), change)).toBeUndefined();

      expect(await Promise.all(all.map(({ taskId }) => store.get(taskId)))).toEqual(before);
    });

    it('resumes a run once, also when that run has ended again', async () => {
      const { store, task } = await endedTask(create(), { status: 'CANCELLED' });
      await store.resume(task.taskId, change);
      expect(await store.resume(task.taskId, { ...change, nowInMs: nowInMs + 1 })).toBeUndefined();
      await store.begin(task.taskId, { run: 2, nowInMs });
      const ending: TaskEnding = { status: 'SUCCEEDED', ...delivered };
      await store.end(task.taskId, { run: 2, nowInMs, ending, usage: noUsage });

      expect(await store.resume(task.taskId, { ...change, nowInMs: nowInMs + 2 })).toBeUndefined();
      expect(await store.get(task.taskId)).toMatchObject({ status: 'SUCCEEDED', run: 2 });
    });

    it('locks the older run out', async () => {
      const { store, task } = await endedTask(create(), { status: 'CANCELLED' });
      const { taskId } = task;
      await store.resume(taskId, change);

      const cancelled = { nowInMs, ending: { status: 'CANCELLED' }, usage: noUsage } as const;
      expect(await store.begin(taskId, { run: 1, nowInMs })).toBeUndefined();
      await store.begin(taskId, { run: 2, nowInMs });
      expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 1 })).toBe('stopped');
      const note = { run: 1, stage: 'notes', event: 'Reading', nowInMs };
      expect(await store.note(taskId, note)).toBe(false);
      expect(await store.end(taskId, { run: 1, ...cancelled })).toBeUndefined();
      expect(await store.reserve(taskId, { run: 2, amountInMicroUsd: 1_250 })).toBe('reserved');
    });

    it('begins with the progress that was kept', async () => {
      const { store, task } = await endedTask(create(), { status: 'CANCELLED' });
      await store.resume(task.taskId, change);
      const progress = { callsPlanned: 7, callsEnded: 3 };

      const begun = await store.begin(task.taskId, { run: 2, nowInMs, progress });

      expect(begun).toMatchObject({ status: 'RUNNING', startedAtInMs: nowInMs, ...progress });
      const again = { run: 2, nowInMs, progress: { callsPlanned: 0, callsEnded: 0 } };
      expect(await store.begin(task.taskId, again)).toEqual(begun);
      await store.countEndedCall(task.taskId);
      expect(await store.get(task.taskId)).toMatchObject({ callsPlanned: 7, callsEnded: 4 });
    });
  });
}

/** A task that has spent 200 of 1,000, left 50 reserved and then ended. */
async function endedTask(store: TaskStore, ending: TaskEnding) {
  const { task } = await store.create(queuedTask({ budget: openBudget(1_000) }));
  const { taskId } = task;
  await store.begin(taskId, { run: 1, nowInMs: testTimeInMs });
  await store.reserve(taskId, { run: 1, amountInMicroUsd: 250 });
  await store.reserve(taskId, { run: 1, amountInMicroUsd: 50 });
  await store.settle(taskId, { reservedInMicroUsd: 250, costInMicroUsd: 200 });
  await store.end(taskId, { run: 1, nowInMs: testTimeInMs, ending, usage: noUsage });
  return { store, task };
}
