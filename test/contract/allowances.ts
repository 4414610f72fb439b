import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Allowance, Allowances } from '#shared/ports/allowances.ts';
import { ids } from '../support/tasks.ts';

/** What all allowances promise. `create` gives a store that may hold allowances of other tests. */
export function describeAllowances(name: string, create: () => Allowances): void {
  const newAllowance = (limitInMicroUsd: number): Allowance => ({
    id: `key ${ids.requestId()} 2026-11`,
    limitInMicroUsd,
  });

  describe(`Allowances contract: ${name}`, () => {
    it('gives up to the limit and not one micro-dollar more', async () => {
      const store = create();
      const allowance = newAllowance(1_000);

      expect(await store.take(allowance, 1_001)).toBe(false);
      expect(await store.take(allowance, 400)).toBe(true);
      expect(await store.take(allowance, 601)).toBe(false);
      expect(await store.take(allowance, 600)).toBe(true);
      expect(await store.take(allowance, 1)).toBe(false);
      expect(await store.taken(allowance.id)).toBe(1_000);
    });

    it('gives what was given back to others', async () => {
      const store = create();
      const allowance = newAllowance(1_000);
      await store.take(allowance, 1_000);

      await store.giveBack(allowance.id, 300);

      expect(await store.taken(allowance.id)).toBe(700);
      expect(await store.take(allowance, 301)).toBe(false);
      expect(await store.take(allowance, 300)).toBe(true);
    });

    it('goes by the limit of now: a lower one refuses, a higher one gives more', async () => {
      const store = create();
      const allowance = newAllowance(1_000);
      await store.take(allowance, 800);

      expect(await store.take({ ...allowance, limitInMicroUsd: 500 }, 1)).toBe(false);
      expect(await store.take({ ...allowance, limitInMicroUsd: 2_000 }, 1_200)).toBe(true);
    });

    it('keeps allowances apart', async () => {
      const store = create();
      const [mine, other] = [newAllowance(10), newAllowance(10)];
      await store.take(mine, 10);

      expect(await store.take(other, 10)).toBe(true);
      await store.giveBack(mine.id, 4);

      expect([await store.taken(mine.id), await store.taken(other.id)]).toEqual([6, 10]);
    });

    it('has nothing taken from one that nobody knows, and makes none of what is given back', async () => {
      const store = create();
      const allowance = newAllowance(10);

      await store.giveBack(allowance.id, 5);

      expect(await store.taken(allowance.id)).toBe(0);
      expect(await store.take(allowance, 11)).toBe(false);
      expect(await store.take(allowance, 10)).toBe(true);
    });

    it('is never passed, however many take and give back at once', async () => {
      const taker = fc.record({
        amount: fc.integer({ min: 0, max: 60 }),
        /** Of what was taken; the rest is spent. */
        givesBack: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(taker, { minLength: 1, maxLength: 20 }), async (takers) => {
          const store = create();
          const allowance = newAllowance(100);
          let held = 0;
          let mostHeld = 0;

          await Promise.all(
            takers.map(async ({ amount, givesBack }) => {
              if (!(await store.take(allowance, amount))) return;
              held += amount;
              mostHeld = Math.max(mostHeld, held);
              const back = Math.floor(amount * givesBack);
              // From here on others may have it.
              held -= back;
              await store.giveBack(allowance.id, back);
            }),
          );

          expect(mostHeld).toBeLessThanOrEqual(100);
          expect(await store.taken(allowance.id)).toBe(held);
          const refused = takers.find(({ amount }) => amount > 100 - held);
          if (refused !== undefined)
            expect(await store.take(allowance, refused.amount)).toBe(false);
        }),
        { numRuns: 25 },
      );
    });
  });
}
