import { describe, expect, it } from '@jest/globals';

import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { ids, queuedTask, testTimeInMs } from '../support/tasks.ts';
import { describeTaskAnnouncements } from './task-store/announcements.ts';
import { describeTaskApprovals } from './task-store/approvals.ts';
import { describeTaskChildren } from './task-store/children.ts';
import { describeTaskLists } from './task-store/lists.ts';
import { describeTaskMoney } from './task-store/money.ts';
import { describeTaskResume } from './task-store/resume.ts';
import { describeUploadsAndUsage } from './task-store/uploads-and-usage.ts';

const nowInMs = testTimeInMs + 1_000;
const cancelled = { nowInMs, ending: { status: 'CANCELLED' }, usage: noUsage } as const;

/** What every task store promises. `create` gives a store that may hold tasks of other tests. */
export function describeTaskStore(name: string, create: () => TaskStore): void {
  describe(`TaskStore contract: ${name}`, () => {
    it('returns undefined for an unknown task', async () => {
      expect(await create().get(ids.taskId())).toBeUndefined();
    });

    it('gives back what was created', async () => {
      const task = queuedTask({ params: { nested: [1, { deep: null }], huge: 1e300, tiny: '' } });

      const created = await create().create(task);

      expect(created).toEqual({ task, isNew: true });
      expect(await create().get(task.taskId)).toEqual(task);
    });

    it('creates one task from fifty parallel submissions of the same id (I2)', async () => {
      const task = queuedTask();
      const store = create();
      const submissions = Array.from({ length: 50 }, (_, index) =>
        store.create({ ...task, requestHash: String(index) }),
      );

      const results = await Promise.all(submissions);

      expect(results.filter((result) => result.isNew)).toHaveLength(1);
      expect(new Set(results.map((result) => result.task.requestHash)).size).toBe(1);
    });

    describe('begin', () => {
      it('makes a queued task running', async () => {
        const { store, taskId } = await stored(create());

        const task = await store.begin(taskId, { run: 1, nowInMs });

        expect(task).toMatchObject({ status: 'RUNNING', startedAtInMs: nowInMs, run: 1 });
        expect(task?.timeline.at(-1)).toEqual({ atInMs: nowInMs, event: 'Started' });
        expect(await store.get(taskId)).toEqual(task);
      });

      it('changes nothing the second time', async () => {
        const { store, taskId } = await stored(create());
        const first = await store.begin(taskId, { run: 1, nowInMs });

        expect(await store.begin(taskId, { run: 1, nowInMs: nowInMs + 5 })).toEqual(first);
      });

      it('refuses another run, an ended task and an unknown one', async () => {
        const { store, taskId } = await stored(create());

        expect(await store.begin(taskId, { run: 2, nowInMs })).toBeUndefined();
        await store.end(taskId, { run: 'any', ...cancelled });
        expect(await store.begin(taskId, { run: 1, nowInMs })).toBeUndefined();
        expect(await store.begin(ids.taskId(), { run: 1, nowInMs })).toBeUndefined();
      });
    });

    describe('supersede', () => {
      it('locks the older run out', async () => {
        const { store, taskId } = await running(create());

        expect(await store.supersede(taskId)).toBe(2);
        expect(await store.begin(taskId, { run: 1, nowInMs })).toBeUndefined();
        expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 1 })).toBe('stopped');
        expect(await store.note(taskId, noteOf(1))).toBe(false);
        expect(await store.end(taskId, { run: 1, ...cancelled })).toBeUndefined();
        expect(await store.begin(taskId, { run: 2, nowInMs })).toMatchObject({ status: 'RUNNING' });
        expect(await store.reserve(taskId, { run: 2, amountInMicroUsd: 1 })).toBe('reserved');
      });

      it('gives parallel takers different runs', async () => {
        const { store, taskId } = await running(create());

        const runs = await Promise.all(Array.from({ length: 10 }, () => store.supersede(taskId)));

        expect(new Set(runs).size).toBe(10);
      });

      it('does not revive an ended task', async () => {
        const { store, taskId } = await stored(create());
        await store.end(taskId, { run: 'any', ...cancelled });

        expect(await store.supersede(taskId)).toBeUndefined();
        expect(await store.supersede(ids.taskId())).toBeUndefined();
      });
    });

    it('notes stage, planned calls and timeline, and counts ended calls', async () => {
      const { store, taskId } = await running(create());

      expect(await store.note(taskId, { ...noteOf(1), callsPlanned: 7 })).toBe(true);
      expect(await store.note(taskId, { ...noteOf(1), callsPlanned: 2 })).toBe(true);
      await Promise.all(Array.from({ length: 20 }, () => store.countEndedCall(taskId)));

      const task = await store.get(taskId);
      expect(task).toMatchObject({ stage: 'notes', callsPlanned: 9, callsEnded: 20 });
      expect(task?.timeline.map((entry) => entry.event)).toEqual([
        'Submitted',
        'Started',
        'Reading',
        'Reading',
      ]);
    });

    describe('end', () => {
      it('ends a task once, however many try (I1)', async () => {
        const { store, taskId } = await running(create());
        const failed = { status: 'FAILED', error: problem } as const;
        const tries = Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? store.end(taskId, { run: 'any', ...cancelled })
            : store.end(taskId, { run: 1, nowInMs, ending: failed, usage: noUsage }),
        );

        const ended = (await Promise.all(tries)).filter((task) => task !== undefined);

        expect(ended).toHaveLength(1);
        expect(await store.get(taskId)).toEqual(ended[0]);
      });

      it.each(endings)('keeps everything of an ending: %s', async (_, ending) => {
        const { store, taskId } = await running(create());
        const usage = { ...noUsage, attempts: 3, costInMicroUsd: 42 };

        const ended = await store.end(taskId, { run: 1, nowInMs, ending, usage });

        expect(ended).toMatchObject({ ...ending, endedAtInMs: nowInMs, usage });
        expect(ended?.timeline.at(-1)?.event).toBe(`Ended: ${ending.status}`);
        expect(await store.get(taskId)).toEqual(ended);
      });

      it('is final: nothing later changes the standing of the task', async () => {
        const { store, taskId } = await running(create());
        const ended = await store.end(taskId, { run: 'any', ...cancelled });

        expect(await store.note(taskId, noteOf(1))).toBe(false);
        expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 0 })).toBe('stopped');
        expect(await store.get(taskId)).toEqual(ended);
      });

      it('lets the usage be corrected afterwards, and not before', async () => {
        const { store, taskId } = await running(create());
        const usage = { ...noUsage, attempts: 9 };

        await store.correctUsage(taskId, usage);
        const ended = await store.end(taskId, { run: 1, ...cancelled });
        expect(ended).toMatchObject({ usage: noUsage });
        await store.correctUsage(taskId, usage);

        expect(await store.get(taskId)).toEqual({ ...ended, usage });
      });
    });

    it('makes no task of a late change to an unknown one', async () => {
      const store = create();
      const taskId = ids.taskId();

      await store.settle(taskId, { reservedInMicroUsd: 5, costInMicroUsd: 5 });
      await store.countEndedCall(taskId);
      await store.correctUsage(taskId, noUsage);

      expect(await store.get(taskId)).toBeUndefined();
    });

    describeTaskApprovals(create);
    describeTaskResume(create);
    describeTaskMoney(create);
    describeTaskChildren(create);
    describeTaskLists(create);
    describeTaskAnnouncements(create);
    describeUploadsAndUsage(create);
  });
}

const problem = {
  code: 'internal_error' as const,
  message: 'It broke.',
  details: { units: ['a'] },
};
const delivered = {
  artifacts: [{ name: 'summary.docx', contentType: 'application/x', sizeInBytes: 5 }],
  coverage: { units: 3, used: 1, skipped: 1, failed: 1 },
};
const endings = (
  [
    { status: 'SUCCEEDED', ...delivered },
    { status: 'PARTIAL', ...delivered, reasons: [problem] },
    { status: 'FAILED', error: problem },
    { status: 'CANCELLED' },
  ] as const
).map((ending) => [ending.status, ending] as const);

function noteOf(run: number) {
  return { run, stage: 'notes', event: 'Reading', nowInMs };
}

async function stored(store: TaskStore) {
  const { task } = await store.create(queuedTask());
  return { store, taskId: task.taskId };
}

async function running(store: TaskStore) {
  const { taskId } = await stored(store);
  await store.begin(taskId, { run: 1, nowInMs });
  return { store, taskId };
}
