import type { Clock } from '#shared/ports/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass: whoever sleeps until then wakes. */
  advance(durationInMs: number): void;
}

/** A clock that stands still until it is told to go on. */
export function createManualClock(startInMs: number): ManualClock {
  const sleepers = new Set<{ wakeAtInMs: number; wake: () => void }>();
  let nowInMs = startInMs;
  return {
    now: () => nowInMs,
    sleep: (durationInMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { wakeAtInMs: nowInMs + durationInMs, wake: resolve };
        sleepers.add(sleeper);
        const wakeEarly = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', wakeEarly, { once: true });
      }),
    advance(durationInMs) {
      nowInMs += durationInMs;
      for (const sleeper of sleepers) {
        if (sleeper.wakeAtInMs > nowInMs) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}
