import type { Callback, CallbackKey } from '#shared/domain/callback.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { Task } from '#shared/domain/task.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import type { Clock } from '#shared/ports/clock.ts';

export type ReplayCallback = (task: Task) => Promise<Callback>;

/** Lets the callback of a task's end be delivered again, whatever became of it: same `webhook-id`, new timestamp, a whole schedule. */
export function createReplayCallback(ports: {
  callbacks: CallbackStore;
  clock: Pick<Clock, 'now'>;
  /** Where the same process delivers; elsewhere it is found by who looks for what is due. */
  deliverSoon?: (key: CallbackKey) => void;
}): ReplayCallback {
  return async (task) => {
    const { taskId, run } = task;
    const callback = await ports.callbacks.replay({ taskId, run }, { nowInMs: ports.clock.now() });
    if (callback === undefined) throw withoutCallback(task);
    ports.deliverSoon?.({ taskId, run });
    return callback;
  };
}

function withoutCallback({ taskId, status, options }: Task): QuireError {
  const what =
    options.callbackUrl === undefined
      ? 'it was submitted without options.callbackUrl'
      : `it is ${status}, and its end has not been announced yet`;
  return new QuireError(
    'callback_not_found',
    `Expected a task whose callback has been sent or tried; ${what}.`,
    { details: { taskId, status } },
  );
}
