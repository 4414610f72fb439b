import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit, type GateState } from '#shared/adapters/aws/dynamo/gate-schedule.ts';
import type { GateRequest } from '#shared/ports/gate.ts';
import { mostInAMinute } from '../../../../support/rate-windows.ts';

const idle: GateState = { requestsArrivalInMs: 0, tokensArrivalInMs: 0, pausedUntilInMs: 0 };
const nowInMs = Date.UTC(2026, 10, 21);

function startsOf(requests: readonly GateRequest[], state: GateState = idle): number[] {
  let current = state;
  return requests.map((request) => {
    const admitted = admit(current, request);
    current = admitted.state;
    return admitted.startAtInMs;
  });
}

const requests = (count: number, limits: GateRequest['limits'], tokens = 0): GateRequest[] =>
  Array.from({ length: count }, () => ({ limits, nowInMs, tokens }));

describe('schedule of a gate', () => {
  const limit50 = { requestsPerMinute: 50, tokensPerMinute: undefined, maxInFlight: 32 };

  it('starts a fifth of 50 requests a minute at once and then one every 1.46 s', () => {
    const starts = startsOf(requests(12, limit50)).map((start) => start - nowInMs);

    expect(starts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1464, 2927]);
  });

  it('starts a fifth at once again after a quiet minute', () => {
    const state = requests(50, limit50).reduce((each, request) => admit(each, request).state, idle);
    const later = requests(11, limit50).map((each) => ({ ...each, nowInMs: nowInMs + 90_000 }));

    const starts = startsOf(later, state).map((start) => start - nowInMs);

    expect(starts).toEqual([...Array.from({ length: 10 }, () => 90_000), 91_464]);
  });

  it('lets a request larger than the burst start when the account is idle, and makes the next wait for it', () => {
    const limits = { requestsPerMinute: undefined, tokensPerMinute: 1_000, maxInFlight: 1 };

    const [first, second] = startsOf(requests(2, limits, 500)).map((start) => start - nowInMs);

    expect(first).toBe(0);
    expect(second).toBe(Math.ceil((500 * 60_000) / 801));
  });

  it('never lets more than the limits start in 60 s, whatever comes when and by whatever clock', () => {
    const limits = fc.record({
      requestsPerMinute: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      tokensPerMinute: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      maxInFlight: fc.constant(32),
    });
    const arrival = fc.record({
      /** By the clock of the worker, which may run ahead of others or behind. */
      afterInMs: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constant(0)),
      tokens: fc.integer({ min: 0, max: 40_000 }),
    });
    fc.assert(
      fc.property(limits, fc.array(arrival, { maxLength: 150 }), (account, arrivals) => {
        const asked = arrivals.map(({ afterInMs, tokens }) => ({
          limits: account,
          nowInMs: nowInMs + afterInMs,
          tokens,
        }));
        const starts = startsOf(asked);
        const most = (amountOf: (index: number) => number) =>
          mostInAMinute(
            starts.map((startAtInMs, index) => ({ startAtInMs, amount: amountOf(index) })),
          );
        starts.forEach((start, index) => {
          expect(start).toBeGreaterThanOrEqual(asked[index]?.nowInMs ?? 0);
        });
        expect(most(() => 1)).toBeLessThanOrEqual(account.requestsPerMinute ?? Infinity);
        // A single request beyond the burst stands in for it: the bound of `admit`.
        const largest = Math.max(0, ...asked.map((each) => each.tokens));
        const limit = account.tokensPerMinute ?? Infinity;
        const excess = Math.max(0, largest - Math.max(1, Math.floor(limit / 5)));
        expect(most((index) => asked[index]?.tokens ?? 0)).toBeLessThanOrEqual(limit + excess);
      }),
      { numRuns: 300 },
    );
  });

  it('uses the limit up: a busy account starts more than four fifths of it every minute', () => {
    const starts = startsOf(requests(300, limit50)).map((start) => start - nowInMs);

    const inFourthMinute = starts.filter((start) => start >= 180_000 && start < 240_000);
    expect(inFourthMinute.length).toBeGreaterThanOrEqual(40);
  });

  it('starts nothing before a pause ends', () => {
    const paused = { ...idle, pausedUntilInMs: nowInMs + 5_000 };

    expect(startsOf(requests(1, limit50), paused)).toEqual([nowInMs + 5_000]);
  });
});
