import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openBudget } from '#shared/domain/budget.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import { ids, queuedTask, testTimeInMs } from '../../support/tasks.ts';

/** The budget of a task: {@link TaskStore.reserve} and {@link TaskStore.settle}. */
export function describeTaskMoney(create: () => TaskStore): void {
  describe('money', () => {
    it('grants as many of a hundred parallel reservations as the budget covers (I4)', async () => {
      const { store, taskId } = await runningWith(create(), 1_000);
      const asked = Array.from({ length: 100 }, () =>
        store.reserve(taskId, { run: 1, amountInMicroUsd: 33 }),
      );

      const answers = await Promise.all(asked);

      expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(30);
      expect(answers.filter((answer) => answer === 'budget_exceeded')).toHaveLength(70);
      expect(await budgetOf(store, taskId)).toEqual({
        limitInMicroUsd: 1_000,
        availableInMicroUsd: 10,
        reservedInMicroUsd: 990,
        spentInMicroUsd: 0,
      });
    });

    it('never passes the budget, however reservations, settlements and crashes interleave (I4)', async () => {
      const call = fc.record({
        amount: fc.integer({ min: 0, max: 400 }),
        usedInPercent: fc.integer({ min: 0, max: 100 }),
        isCrash: fc.boolean(),
      });
      const workers = fc.array(fc.array(call, { maxLength: 6 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 1_500 }), workers, async (limit, plan) => {
          const { store, taskId } = await runningWith(create(), limit);

          const books = await Promise.all(plan.map((calls) => work(store, taskId, calls)));

          const reserved = books.reduce((sum, book) => sum + book.reserved, 0);
          const spent = books.reduce((sum, book) => sum + book.spent, 0);
          expect(reserved + spent).toBeLessThanOrEqual(limit);
          expect(await budgetOf(store, taskId)).toEqual({
            limitInMicroUsd: limit,
            availableInMicroUsd: limit - reserved - spent,
            reservedInMicroUsd: reserved,
            spentInMicroUsd: spent,
          });
        }),
        { numRuns: 15 },
      );
    });

    it('refuses by one micro-dollar too much and takes the exact rest', async () => {
      const { store, taskId } = await runningWith(create(), 100);

      expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 101 })).toBe(
        'budget_exceeded',
      );
      expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 100 })).toBe('reserved');
    });

    it('books a cost above its reservation and then refuses everything', async () => {
      const { store, taskId } = await runningWith(create(), 100);
      await store.reserve(taskId, { run: 1, amountInMicroUsd: 60 });

      await store.settle(taskId, { reservedInMicroUsd: 60, costInMicroUsd: 110 });

      expect(await budgetOf(store, taskId)).toMatchObject({
        availableInMicroUsd: -10,
        spentInMicroUsd: 110,
      });
      expect(await store.reserve(taskId, { run: 1, amountInMicroUsd: 0 })).toBe('budget_exceeded');
    });

    it('starts nothing before the task runs, after a cancel and for an unknown task (I10)', async () => {
      const store = create();
      const { task } = await store.create(queuedTask());
      const change = { run: 1, amountInMicroUsd: 1 };

      expect(await store.reserve(task.taskId, change)).toBe('stopped');
      await store.begin(task.taskId, { run: 1, nowInMs: testTimeInMs });
      await cancel(store, task.taskId);
      expect(await store.reserve(task.taskId, change)).toBe('stopped');
      expect(await store.reserve(ids.taskId(), change)).toBe('stopped');
    });

    it('grants no reservation once a cancel has been answered, among many in flight (I10)', async () => {
      const { store, taskId } = await runningWith(create(), 1_000_000);
      let isCancelled = false;
      const asked = Array.from({ length: 60 }, async (_, index) => {
        if (index === 30) {
          await cancel(store, taskId);
          isCancelled = true;
        }
        const wasCancelled = isCancelled;
        const answer = await store.reserve(taskId, { run: 1, amountInMicroUsd: 1 });
        return wasCancelled ? answer : undefined;
      });

      const late = (await Promise.all(asked)).filter((answer) => answer !== undefined);

      expect(late).not.toHaveLength(0);
      expect(new Set(late)).toEqual(new Set(['stopped']));
    });

    it('settles also after the task has ended', async () => {
      const { store, taskId } = await runningWith(create(), 100);
      await store.reserve(taskId, { run: 1, amountInMicroUsd: 60 });
      await cancel(store, taskId);

      await store.settle(taskId, { reservedInMicroUsd: 60, costInMicroUsd: 45 });

      expect(await budgetOf(store, taskId)).toEqual({
        limitInMicroUsd: 100,
        availableInMicroUsd: 55,
        reservedInMicroUsd: 0,
        spentInMicroUsd: 45,
      });
    });
  });
}

interface PlannedSpending {
  readonly amount: number;
  readonly usedInPercent: number;
  readonly isCrash: boolean;
}

/** What one worker spends and, where it crashes between reservation and settlement, leaves reserved. */
async function work(store: TaskStore, taskId: TaskId, calls: readonly PlannedSpending[]) {
  const book = { reserved: 0, spent: 0 };
  for (const { amount, usedInPercent, isCrash } of calls) {
    const answer = await store.reserve(taskId, { run: 1, amountInMicroUsd: amount });
    if (answer !== 'reserved') continue;
    if (isCrash) {
      book.reserved += amount;
      continue;
    }
    const costInMicroUsd = Math.floor((amount * usedInPercent) / 100);
    await store.settle(taskId, { reservedInMicroUsd: amount, costInMicroUsd });
    book.spent += costInMicroUsd;
  }
  return book;
}

async function runningWith(store: TaskStore, limitInMicroUsd: number) {
  const { task } = await store.create(queuedTask({ budget: openBudget(limitInMicroUsd) }));
  await store.begin(task.taskId, { run: 1, nowInMs: testTimeInMs });
  return { store, taskId: task.taskId };
}

async function budgetOf(store: TaskStore, taskId: TaskId) {
  return (await store.get(taskId))?.budget;
}

function cancel(store: TaskStore, taskId: TaskId) {
  return store.end(taskId, {
    run: 'any',
    nowInMs: testTimeInMs,
    ending: { status: 'CANCELLED' },
    usage: noUsage,
  });
}
