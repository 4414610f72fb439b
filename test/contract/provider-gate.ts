import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProviderLimits } from '#shared/domain/providers.ts';
import type { Admission, ProviderGate } from '#shared/ports/gate.ts';
import { mostInAMinute } from '../support/rate-windows.ts';
import { testTimeInMs } from '../support/tasks.ts';

const limits: ProviderLimits = {
  requestsPerMinute: 50,
  tokensPerMinute: undefined,
  maxInFlight: 32,
};
const unlimited: ProviderLimits = { ...limits, requestsPerMinute: undefined };

/** When an admission starts; a refused one never does. */
function startOf(admission: Admission | undefined): number {
  return admission?.isAdmitted === true ? admission.startAtInMs : Number.POSITIVE_INFINITY;
}

/** What every gate promises. `create` gives gates of several workers over one empty account. */
export function describeProviderGate(
  name: string,
  create: (workers: number) => Promise<readonly ProviderGate[]>,
): void {
  const createOne = async () => {
    const [gate] = await create(1);
    if (gate === undefined) throw new Error('Expected a gate.');
    return gate;
  };
  const admitMany = (gate: ProviderGate, count: number, nowInMs: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        gate.admit('empiriolabs', { limits, nowInMs, tokens: 100 }),
      ),
    );

  describe(`ProviderGate contract: ${name}`, () => {
    it('starts everything at once where the provider names no limit', async () => {
      const gate = await createOne();

      const admissions = await Promise.all(
        Array.from({ length: 200 }, () =>
          gate.admit('simulator', { limits: unlimited, nowInMs: testTimeInMs, tokens: 9e9 }),
        ),
      );

      expect(new Set(admissions.map(startOf))).toEqual(new Set([testTimeInMs]));
    });

    it('starts the first at once and spreads the rest over the minutes', async () => {
      const admissions = await admitMany(await createOne(), 150, testTimeInMs);

      const starts = admissions.map(startOf);
      expect(starts[0]).toBe(testTimeInMs);
      expect(mostInAMinute(starts.map((startAtInMs) => ({ startAtInMs, amount: 1 })))).toBe(50);
    });

    it('admits nothing before a pause ends, whichever worker was asked to pause', async () => {
      const [mine, other] = await create(2);
      const untilInMs = testTimeInMs + 30_000;
      await other?.admit('empiriolabs', { limits, nowInMs: testTimeInMs, tokens: 1 });

      await mine?.pause('empiriolabs', untilInMs);
      await mine?.pause('empiriolabs', testTimeInMs + 10);

      const request = { limits, nowInMs: testTimeInMs + 20, tokens: 1 };
      expect(await mine?.admit('empiriolabs', request)).toEqual({
        isAdmitted: true,
        startAtInMs: untilInMs,
      });
      expect(startOf(await other?.admit('empiriolabs', request))).toBeGreaterThanOrEqual(untilInMs);
    });

    it('does not admit what would wait longer for the end of a pause than it wants to, and takes nothing for it', async () => {
      const gate = await createOne();
      await gate.pause('empiriolabs', testTimeInMs + 600_000);
      const impatient = { limits, nowInMs: testTimeInMs, tokens: 1, longestPauseInMs: 20_000 };

      const refused = await Promise.all(
        Array.from({ length: 60 }, () => gate.admit('empiriolabs', impatient)),
      );

      const refusal = { isAdmitted: false, pausedUntilInMs: testTimeInMs + 600_000 };
      expect(refused).toEqual(Array.from({ length: 60 }, () => refusal));
      const patient = await gate.admit('empiriolabs', { limits, nowInMs: testTimeInMs, tokens: 1 });
      expect(startOf(patient)).toBe(testTimeInMs + 600_000);
    });

    it('pauses a provider without limits for the worker that was asked', async () => {
      const gate = await createOne();

      await gate.pause('simulator', testTimeInMs + 500);

      const request = { limits: unlimited, nowInMs: testTimeInMs, tokens: 1 };
      expect(await gate.admit('simulator', request)).toEqual({
        isAdmitted: true,
        startAtInMs: testTimeInMs + 500,
      });
    });

    it('keeps the limit over all workers, however they interleave and however wrong their clocks are', async () => {
      const request = fc.record({
        worker: fc.integer({ min: 0, max: 2 }),
        atInMs: fc.integer({ min: 0, max: 90_000 }),
        tokens: fc.integer({ min: 0, max: 200 }),
      });
      const narrow = { requestsPerMinute: 12, tokensPerMinute: 1_000, maxInFlight: 4 };
      await fc.assert(
        fc.asyncProperty(fc.array(request, { maxLength: 60 }), async (requests) => {
          const gates = await create(3);
          const admitted = await Promise.all(
            requests.map(async ({ worker, atInMs, tokens }) => {
              const nowInMs = testTimeInMs + atInMs;
              const admission = await gates[worker]?.admit('empiriolabs', {
                limits: narrow,
                nowInMs,
                tokens,
              });
              const startAtInMs = startOf(admission);
              expect(startAtInMs).toBeGreaterThanOrEqual(nowInMs);
              return { startAtInMs, tokens };
            }),
          );

          const of = (amountOf: (each: { tokens: number }) => number) =>
            mostInAMinute(admitted.map((each) => ({ ...each, amount: amountOf(each) })));
          expect(of(() => 1)).toBeLessThanOrEqual(12);
          expect(of((each) => each.tokens)).toBeLessThanOrEqual(1_000);
        }),
        { numRuns: 12 },
      );
    });
  });
}
