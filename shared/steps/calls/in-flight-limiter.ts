/** Bounds how many pieces of work are under way at once in this process. */
export interface InFlightLimiter {
  /** Runs the work as soon as there is room; rejects with the signal's reason if it is aborted while it waits. */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/** First come, first served. */
export function createInFlightLimiter(limit: number): InFlightLimiter {
  const waiting = new Set<() => void>();
  let running = 0;

  return {
    async run(work, signal) {
      signal.throwIfAborted();
      if (running >= limit) await turn(signal);
      else running += 1;
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };

  /** A place is handed over, not given back: nobody can slip in between. */
  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(enter);
        reject(signal.reason);
      };
      waiting.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  function leave(): void {
    const [next] = waiting;
    if (next === undefined) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }
}
