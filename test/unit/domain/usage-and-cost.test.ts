import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costOf, formatUsd, microUsdOf, type Price, worstCaseCost } from '#shared/domain/cost.ts';
import { addUsage, noUsage, totalsOfAttempt, type UsageTotals } from '#shared/domain/usage.ts';

const price: Price = {
  inputPerMillionInMicroUsd: 150_000,
  cachedInputPerMillionInMicroUsd: 30_000,
  outputPerMillionInMicroUsd: 600_000,
  asOf: '2026-11-01',
  source: 'test',
};

const count = fc.integer({ min: 0, max: 1_000_000 });
const totals: fc.Arbitrary<UsageTotals> = fc.record({
  attempts: count,
  attemptsWithUnknownTokens: count,
  inputTokens: count,
  cachedInputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  costInMicroUsd: count,
});

describe('usage', () => {
  it('adds up the same in any order and grouping', () => {
    fc.assert(
      fc.property(totals, totals, totals, (a, b, c) => {
        expect(addUsage(a, b)).toEqual(addUsage(b, a));
        expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)));
        expect(addUsage(a, noUsage)).toEqual(a);
      }),
    );
  });

  it('counts an attempt with unknown tokens as unknown, not as free of tokens', () => {
    expect(totalsOfAttempt({}, 12)).toMatchObject({
      attempts: 1,
      attemptsWithUnknownTokens: 1,
      costInMicroUsd: 12,
    });
    expect(totalsOfAttempt({ inputTokens: 0, outputTokens: 0 }, 0).attemptsWithUnknownTokens).toBe(
      0,
    );
  });
});

describe('cost', () => {
  it('is unknown where the tokens are unknown', () => {
    expect(costOf({ inputTokens: 10 }, price)).toBeUndefined();
  });

  it('charges cached tokens at their own rate, as part of the input', () => {
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 100_000 };

    expect(costOf(usage, price)).toBe(0.6 * 150_000 + 0.4 * 30_000 + 0.1 * 600_000);
  });

  it('never exceeds the worst case for the same question and cap', () => {
    const attempt = fc.record({ input: count, cached: count, output: count, spare: count });
    fc.assert(
      fc.property(attempt, ({ input, cached, output, spare }) => {
        const usage = { inputTokens: input, cachedInputTokens: cached, outputTokens: output };
        const worst = worstCaseCost({ inputTokens: input, maxOutputTokens: output + spare }, price);
        expect(costOf(usage, price)).toBeLessThanOrEqual(worst);
      }),
    );
  });

  it('rounds up to whole micro-dollars', () => {
    expect(costOf({ inputTokens: 1, outputTokens: 0 }, price)).toBe(1);
  });

  it('reads and writes dollars', () => {
    expect(microUsdOf(0.1 + 0.2)).toBe(300_000);
    expect(formatUsd(4_200)).toBe('$0.0042');
  });
});
