import type { Clock } from '#shared/ports/clock.ts';

/** Does the work, or rejects with the error of the deadline when that comes first; the signal then tells the work to stop. */
export async function withDeadline<T>(
  clock: Clock,
  deadline: { durationInMs: number; error: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const expiry = new AbortController();
  const timer = new AbortController();
  const expired = clock.sleep(deadline.durationInMs, timer.signal).then(() => {
    const error = deadline.error();
    expiry.abort(error);
    throw error;
  });
  try {
    // The race also ends what cannot be aborted: a resolver that does not answer.
    return await Promise.race([work(expiry.signal), expired]);
  } finally {
    timer.abort();
  }
}
