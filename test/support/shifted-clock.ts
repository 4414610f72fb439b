import { createSystemClock } from '#shared/adapters/system/clock.ts';
import type { Clock } from '#shared/ports/clock.ts';

export interface ShiftedClock extends Clock {
  /** Lets time pass for whoever asks for it; who sleeps sleeps on. */
  advance(durationInMs: number): void;
}

/** The time of this machine and what a test adds to it: days pass, and real processes go on meanwhile. */
export function createShiftedClock(): ShiftedClock {
  const system = createSystemClock();
  let shiftInMs = 0;
  return {
    now: () => system.now() + shiftInMs,
    sleep: system.sleep,
    advance(durationInMs) {
      shiftInMs += durationInMs;
    },
  };
}
