import type { Clock } from '#shared/ports/clock.ts';

/** A timer holds 31 bits; longer sleeps are made of several. */
const longestTimerInMs = 2_147_483_647;

/** The clock of the machine. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    async sleep(durationInMs, signal) {
      let leftInMs = durationInMs;
      do {
        await timer(Math.min(leftInMs, longestTimerInMs), signal);
        leftInMs -= longestTimerInMs;
      } while (leftInMs > 0);
    },
  };
}

/** Not `node:timers/promises`: that one rejects with an AbortError instead of the signal's reason. */
function timer(durationInMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      clearTimeout(handle);
      reject(signal?.reason);
    };
    const handle = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, durationInMs);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
