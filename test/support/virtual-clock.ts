import { createSystemClock } from '#shared/adapters/system/clock.ts';
import type { Clock } from '#shared/ports/clock.ts';

export interface VirtualClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly waits: readonly number[];
}

/** A clock that jumps: whoever sleeps wakes at once, and it is later. */
export function createVirtualClock(startInMs: number): VirtualClock {
  const waits: number[] = [];
  let nowInMs = startInMs;
  return {
    waits,
    now: () => nowInMs,
    async sleep(durationInMs, signal) {
      signal?.throwIfAborted();
      waits.push(durationInMs);
      nowInMs += durationInMs;
    },
  };
}

/** The machine's clock with every wait so many times shorter: for deadlines that are under test. */
export function createFastClock(factor: number): Clock {
  const clock = createSystemClock();
  return {
    now: clock.now,
    sleep: (durationInMs, signal) => clock.sleep(durationInMs / factor, signal),
  };
}

/** A clock on which no time passes: who sleeps is woken by the signal alone. */
export const patientClock: Clock = {
  now: () => Date.UTC(2026, 10, 21),
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};
