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
