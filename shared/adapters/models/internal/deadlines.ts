import { QuireError } from '#shared/domain/errors.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** How long a request may take. */
export interface RequestTimeouts {
  /** Until the first event of the answer: the model thinks before it writes. */
  readonly firstByteInMs: number;
  /** Between two events. */
  readonly idleInMs: number;
  /** As a whole. */
  readonly totalInMs: number;
}

export const defaultTimeouts: RequestTimeouts = {
  firstByteInMs: 120_000,
  idleInMs: 60_000,
  totalInMs: 600_000,
};

/** Watches one request: aborts its signal when nothing comes for too long. */
export interface RequestWatch {
  readonly signal: AbortSignal;
  /** Something has come: the idle time starts again. */
  alive(): void;
  /** The time-out that ended the request, if one did. */
  timeout(): QuireError | undefined;
  stop(): void;
}

export function watchRequest(
  clock: Clock,
  timeouts: RequestTimeouts,
  outer: AbortSignal,
): RequestWatch {
  const controller = new AbortController();
  let expired: QuireError | undefined;
  const arm = (durationInMs: number, what: string) => {
    const timer = new AbortController();
    clock.sleep(durationInMs, timer.signal).then(
      () => {
        expired = new QuireError(
          'model_timeout',
          `Expected ${what} within ${durationInMs} ms; nothing came in time.`,
          { details: { durationInMs } },
        );
        controller.abort(expired);
      },
      () => undefined,
    );
    return timer;
  };
  const total = arm(timeouts.totalInMs, 'the whole answer');
  let waiting = arm(timeouts.firstByteInMs, 'the first part of the answer');
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    alive() {
      waiting.abort();
      waiting = arm(timeouts.idleInMs, 'the next part of the answer');
    },
    timeout: () => expired,
    stop() {
      total.abort();
      waiting.abort();
    },
  };
}
