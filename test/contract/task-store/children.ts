import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openBudget } from '#shared/domain/budget.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { ChildTask, RunningTask } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { reserveFor, settleFor } from '#shared/steps/calls/purse.ts';
import { ids, queuedTask, testTimeInMs } from '../../support/tasks.ts';

/** Tasks that are part of another: {@link TaskStore.noteChild}, and whose money they spend. */
export function describeTaskChildren(create: () => TaskStore): void {
  describe('children', () => {
    it('are noted in their order, each once, however many note at the same time', async () => {
      const store = create();
      const { taskId } = await running(store);
      const first = childOf(1);
      const change = { run: 1, known: 0, child: first, event: 'Task started: a' };

      const noted = await Promise.all([1, 2, 3].map(() => store.noteChild(taskId, change)));
      const other = await store.noteChild(taskId, { ...change, child: childOf(1) });
      const second = await store.noteChild(taskId, { ...change, known: 1, child: childOf(1) });

      // The same note again is the note that is there: its answer may have been lost.
      expect(noted.map((task) => task?.children)).toEqual([[first], [first], [first]]);
      expect(other).toBeUndefined();
      expect(second?.children).toHaveLength(2);
      expect(second?.timeline.filter(({ event }) => event.startsWith('Task'))).toHaveLength(2);
    });

    it('are noted with no task that has ended, nor by an older run', async () => {
      const store = create();
      const { taskId } = await running(store);
      const change = { known: 0, child: childOf(1), event: 'Task started: a' };

      expect(await store.noteChild(taskId, { ...change, run: 2 })).toBeUndefined();
      await cancel(store, taskId);

      expect(await store.noteChild(taskId, { ...change, run: 1 })).toBeUndefined();
      expect((await store.get(taskId))?.children).toBeUndefined();
    });

    it('spend the budget of their parent, together never more than it has, and each knows its own part (I4)', async () => {
      const call = fc.record({
        amount: fc.integer({ min: 0, max: 400 }),
        usedInPercent: fc.integer({ min: 0, max: 100 }),
      });
      const calls = fc.array(call, { maxLength: 5 });
      const plan = fc.array(calls, { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 1_500 }), plan, async (limit, children) => {
          const store = create();
          const parent = await running(store, limit);
          const tasks = await Promise.all(children.map(() => running(store, limit, parent.taskId)));

          await Promise.all(tasks.map((task, index) => spend(store, task, children[index] ?? [])));

          const budget = (await store.get(parent.taskId))?.budget;
          const spent = await Promise.all(
            tasks.map(async ({ taskId }) => (await store.get(taskId))?.budget.spentInMicroUsd ?? 0),
          );
          const total = spent.reduce((sum, amount) => sum + amount, 0);
          expect(total).toBeLessThanOrEqual(limit);
          expect(budget).toMatchObject({
            spentInMicroUsd: total,
            reservedInMicroUsd: 0,
            availableInMicroUsd: limit - total,
          });
        }),
        { numRuns: 10 },
      );
    });

    it('reserve nothing once they or their parent have ended, and leave nothing reserved (I10)', async () => {
      const store = create();
      const parent = await running(store, 1_000);
      const child = await running(store, 1_000, parent.taskId);
      const sibling = await running(store, 1_000, parent.taskId);

      await cancel(store, child.taskId);
      expect(await reserveFor(store, child, 10)).toBe('stopped');
      expect((await store.get(parent.taskId))?.budget.availableInMicroUsd).toBe(1_000);

      await cancel(store, parent.taskId);
      expect(await reserveFor(store, sibling, 10)).toBe('stopped');
    });

    it('are paid by whichever run of their parent is at work', async () => {
      const store = create();
      const parent = await running(store, 1_000);
      const child = await running(store, 1_000, parent.taskId);
      await store.supersede(parent.taskId);

      expect(await reserveFor(store, child, 10)).toBe('reserved');
    });
  });
}

async function spend(
  store: TaskStore,
  task: RunningTask,
  calls: readonly { readonly amount: number; readonly usedInPercent: number }[],
): Promise<void> {
  for (const { amount, usedInPercent } of calls) {
    if ((await reserveFor(store, task, amount)) !== 'reserved') continue;
    const costInMicroUsd = Math.floor((amount * usedInPercent) / 100);
    await settleFor(store, task, { reservedInMicroUsd: amount, costInMicroUsd });
  }
}

function childOf(run: number): ChildTask {
  const taskId = ids.taskId();
  return {
    childId: 'a',
    taskId,
    workflowId: 'summarize',
    why: 'Asked.',
    run,
    atInMs: testTimeInMs,
  };
}

async function running(
  store: TaskStore,
  limit = 1_000,
  parentTaskId?: TaskId,
): Promise<RunningTask> {
  const origin = parentTaskId && { kind: 'task' as const, parentTaskId, childId: 'a' };
  const queued = queuedTask({ budget: openBudget(limit), ...(origin ? { origin } : {}) });
  await store.create(queued);
  const task = await store.begin(queued.taskId, { run: 1, nowInMs: testTimeInMs });
  if (task?.status !== 'RUNNING') throw new Error('The task does not run.');
  return task;
}

async function cancel(store: TaskStore, taskId: TaskId): Promise<void> {
  const ending = { status: 'CANCELLED' } as const;
  await store.end(taskId, { run: 'any', nowInMs: testTimeInMs, ending, usage: noUsage });
}
