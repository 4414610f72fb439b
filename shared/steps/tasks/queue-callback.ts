import { endEventOf } from '#shared/domain/task-event.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { EndSubscriber } from './announce-end.ts';

/** Stores the callback of a task that asks for one; from then on it is delivered or its failure is on record. One for each end. */
export function createQueueCallback(ports: {
  callbacks: CallbackStore;
  clock: Pick<Clock, 'now'>;
}): EndSubscriber {
  return async (task) => {
    const url = task.options.callbackUrl;
    if (url === undefined) return;
    const { taskId, run, tenantId, workflowId, status, endedAtInMs } = task;
    await ports.callbacks.create({
      taskId,
      run,
      tenantId,
      workflowId,
      status,
      endedAtInMs,
      eventId: endEventOf(task).eventId,
      url,
      state: 'pending',
      attempts: 0,
      tries: 0,
      nextAttemptAtInMs: ports.clock.now(),
    });
  };
}
