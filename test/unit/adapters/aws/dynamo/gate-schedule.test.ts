import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit, type GateState, idleGate } from '#shared/adapters/aws/dynamo/gate-schedule.ts';
import type { GateRequest } from '#shared/ports/gate.ts';
import { mostInAMinute } from '../../../../support/rate-windows.ts';

const nowInMs = Date.UTC(2026, 10, 21);

function startsOf(requests: readonly GateRequest[], state: GateState = idleGate): number[] {
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

  it('starts a fifth of 50 requests a minute in each second, and no more than 50 before the minute is over', () => {
    const starts = startsOf(requests(52, limit50)).map((start) => start - nowInMs);

    const tenEach = [0, 1_000, 2_000, 3_000, 4_000].flatMap((start) => Array(10).fill(start));
    expect(starts).toEqual([...tenEach, 61_000, 61_000]);
  });

  it('starts a fifth at once again after a quiet minute', () => {
    const state = requests(50, limit50).reduce(
      (each, request) => admit(each, request).state,
      idleGate,
    );
    const later = requests(11, limit50).map((each) => ({ ...each, nowInMs: nowInMs + 90_000 }));

    const starts = startsOf(later, state).map((start) => start - nowInMs);

    expect(starts).toEqual([...Array(10).fill(90_000), 91_000]);
  });

  it('gives a request larger than the part of a second a second of its own, and makes the next wait for it', () => {
    const limits = { requestsPerMinute: undefined, tokensPerMinute: 1_000, maxInFlight: 1 };

    const starts = startsOf(requests(3, limits, 500)).map((start) => start - nowInMs);

    expect(starts).toEqual([0, 1_000, 61_000]);
  });

  it('starts a request larger than the limit when the account is idle', () => {
    const limits = { requestsPerMinute: undefined, tokensPerMinute: 1_000, maxInFlight: 1 };

    const starts = startsOf(requests(2, limits, 5_000)).map((start) => start - nowInMs);

    expect(starts).toEqual([0, 61_000]);
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
        // A single request beyond the limit stands in for it: the bound of `admit`.
        const limit = account.tokensPerMinute ?? Infinity;
        const tokensOf = (index: number) => Math.min(limit, asked[index]?.tokens ?? 0);
        expect(most(tokensOf)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 300 },
    );
  });

  it('uses the limit up: a busy account starts 60 of 61 parts of it', () => {
    const starts = startsOf(requests(300, limit50)).map((start) => start - nowInMs);

    // Six times 50, the last of them in the fifth second of their minute.
    expect(starts.at(-1)).toBe(5 * 61_000 + 4_000);
  });

  it('starts nothing before a pause ends', () => {
    const paused = { ...idleGate, pausedUntilInMs: nowInMs + 5_000 };

    expect(startsOf(requests(1, limit50), paused)).toEqual([nowInMs + 5_000]);
  });
});
