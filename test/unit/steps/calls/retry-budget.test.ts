import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRetryBudget } from '#shared/steps/calls/retry-budget.ts';

const provider = 'cloudflare';

describe('the retries of a worker', () => {
  it('are never more than ten, a tenth of its questions and one in 2 s', () => {
    const event = fc.record({
      isRetry: fc.boolean(),
      afterInMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300, size: 'max' }), (events) => {
        const budget = createRetryBudget();
        let [nowInMs, questions, retries] = [0, 0, 0];
        const happen = (isRetry: boolean) => {
          if (isRetry) return budget.spend(provider, nowInMs).isAllowed ? 1 : 0;
          questions += 1;
          budget.earn(provider, nowInMs);
          return 0;
        };
        for (const { isRetry, afterInMs } of events) {
          nowInMs += afterInMs;
          retries += happen(isRetry);
          expect(retries).toBeLessThanOrEqual(10 + questions / 10 + nowInMs / 2_000 + 1e-6);
        }
      }),
    );
  });

  it('are there again at the time that was named, and not before', () => {
    const budget = createRetryBudget();
    for (let each = 0; each < 10; each += 1) {
      expect(budget.spend(provider, 1_000)).toEqual({ isAllowed: true });
    }

    expect(budget.spend(provider, 1_000)).toEqual({ isAllowed: false, allowedAtInMs: 3_000 });
    expect(budget.spend(provider, 2_500)).toEqual({ isAllowed: false, allowedAtInMs: 3_000 });
    expect(budget.spend(provider, 3_000)).toEqual({ isAllowed: true });
    expect(budget.spend(provider, 3_000)).toEqual({ isAllowed: false, allowedAtInMs: 5_000 });
  });

  it('are earned by ten questions', () => {
    const budget = createRetryBudget();
    for (let each = 0; each < 10; each += 1) budget.spend(provider, 0);
    // One more than ten, for what binary fractions lose.
    for (let each = 0; each < 11; each += 1) budget.earn(provider, 0);

    expect(budget.spend(provider, 0)).toEqual({ isAllowed: true });
    expect(budget.spend(provider, 0)).toMatchObject({ isAllowed: false });
  });

  it('at one provider take nothing from those at another', () => {
    const budget = createRetryBudget();
    for (let each = 0; each < 20; each += 1) budget.spend(provider, 0);

    expect(budget.spend('runware', 0)).toEqual({ isAllowed: true });
  });
});
