import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Budget, openBudget, reserve, settle } from '#shared/domain/budget.ts';

const sum = (budget: Budget) =>
  budget.availableInMicroUsd + budget.reservedInMicroUsd + budget.spentInMicroUsd;

describe('budget', () => {
  it('never spends more than its limit, whatever is reserved and settled in whatever order (I4)', () => {
    const step = fc.record({
      reserve: fc.integer({ min: 0, max: 500 }),
      /** Part of the reservation that the attempt costs. */
      used: fc.double({ min: 0, max: 1, noNaN: true }),
      settleFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.array(step), (limit, steps) => {
        let budget = openBudget(limit);
        const open: { reservedInMicroUsd: number; costInMicroUsd: number }[] = [];
        const start = (amount: number, used: number) => {
          const reserved = reserve(budget, amount);
          if (reserved === undefined) return;
          budget = reserved;
          open.push({ reservedInMicroUsd: amount, costInMicroUsd: Math.floor(amount * used) });
        };
        for (const each of steps) {
          const oldest = each.settleFirst ? open.shift() : undefined;
          if (oldest !== undefined) budget = settle(budget, oldest);
          start(each.reserve, each.used);
          expect(sum(budget)).toBe(limit);
          expect(budget.spentInMicroUsd + budget.reservedInMicroUsd).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('refuses a reservation by one micro-dollar too much', () => {
    expect(reserve(openBudget(100), 100)).toBeDefined();
    expect(reserve(openBudget(100), 101)).toBeUndefined();
  });

  it('refuses everything after a provider has billed more than the worst case', () => {
    const reserved = reserve(openBudget(100), 60) ?? openBudget(0);

    const settled = settle(reserved, { reservedInMicroUsd: 60, costInMicroUsd: 110 });

    expect(settled.availableInMicroUsd).toBe(-10);
    expect(reserve(settled, 0)).toBeUndefined();
  });
});
