import type { Callback } from '#shared/domain/callback.ts';
import { isoOf } from '#shared/domain/time.ts';

/** How far the callback of a task has come, for its view. */
export function viewCallback({
  state,
  attempts,
  lastStatus,
  lastError,
  nextAttemptAtInMs,
}: Callback) {
  return {
    state,
    attempts,
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(lastError === undefined ? {} : { lastError }),
    ...(nextAttemptAtInMs === undefined ? {} : { nextAttemptAt: isoOf(nextAttemptAtInMs) }),
  };
}
