import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callbackTries, outcomeOf } from '#shared/domain/callback.ts';

const nowInMs = Date.UTC(2026, 10, 21);

/** The waits of a schedule in which every delivery is answered so. */
function waitsFor(answer: Parameters<typeof outcomeOf>[0], random: number): readonly number[] {
  return Array.from({ length: callbackTries }, (_, index) => {
    const outcome = outcomeOf(answer, { tries: index + 1, nowInMs, random });
    return outcome.state === 'pending' ? outcome.nextAttemptAtInMs - nowInMs : -1;
  });
}

describe('the schedule of a callback', () => {
  it('is that of Standard Webhooks: ten tries within 76 hours', () => {
    const waits = waitsFor({ status: 500 }, 0);

    expect(waits.slice(0, -1).map((wait) => wait / 1_000)).toEqual([
      5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]);
    expect(waits.at(-1)).toBe(-1);
    expect(outcomeOf({ status: 500 }, { tries: 10, nowInMs, random: 0 })).toEqual({
      state: 'failed',
    });
  });

  it('is stretched by chance, by a tenth at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const exact = waitsFor({}, 0);
        const waits = waitsFor({}, random);
        return waits.every(
          (wait, index) => wait >= (exact[index] ?? 0) && wait <= (exact[index] ?? 0) * 1.1 + 1,
        );
      }),
    );
  });

  it.each([200, 201, 204, 299])('ends with a success: %i', (status) => {
    expect(outcomeOf({ status }, { tries: 1, nowInMs, random: 0 })).toEqual({ state: 'delivered' });
  });

  it('ends with 410, which asks to be left alone', () => {
    expect(outcomeOf({ status: 410 }, { tries: 1, nowInMs, random: 0 })).toEqual({
      state: 'disabled',
    });
  });

  it.each([100, 199, 300, 301, 307, 400, 404, 429, 500, 503, undefined])(
    'goes on after anything else: %s',
    (status) => {
      expect(outcomeOf({ status }, { tries: 1, nowInMs, random: 0 })).toMatchObject({
        state: 'pending',
      });
    },
  );

  it.each([429, 502, 503, 504])('waits for as long as %i asks, but for a day at most', (status) => {
    const [first] = waitsFor({ status, retryAfterInMs: 60_000 }, 0);
    const [, , third] = waitsFor({ status, retryAfterInMs: 60_000 }, 0);
    const [forever] = waitsFor({ status, retryAfterInMs: 1e12 }, 0);

    expect([first, third, forever]).toEqual([60_000, 1_800_000, 86_400_000]);
  });

  it('does not listen to Retry-After of other answers', () => {
    expect(waitsFor({ status: 500, retryAfterInMs: 60_000 }, 0)[0]).toBe(5_000);
  });
});
