import type { Callback } from '#shared/domain/callback.ts';
import { queuedTask, testTimeInMs } from './tasks.ts';

/** A callback that nobody has tried to deliver yet, of a task of its own. */
export function pendingCallback(overrides: Partial<Callback> = {}): Callback {
  const { taskId, tenantId, workflowId } = queuedTask();
  return {
    taskId,
    run: 1,
    tenantId,
    workflowId,
    status: 'SUCCEEDED',
    endedAtInMs: testTimeInMs,
    eventId: `evt_${taskId.slice('tsk_'.length)}_1_succeeded`,
    url: 'https://hooks.example.com/done',
    state: 'pending',
    attempts: 0,
    tries: 0,
    nextAttemptAtInMs: testTimeInMs,
    ...overrides,
  };
}
