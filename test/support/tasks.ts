import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { openBudget } from '#shared/domain/budget.ts';
import type { EndedAttempt, StartedAttempt } from '#shared/domain/call.ts';
import { callIdOf, documentIdOf, type TaskId, TenantId } from '#shared/domain/ids.ts';
import type { QueuedTask } from '#shared/domain/task.ts';

export const ids = createRandomIds();

/** 2026-11-21, 00:00 UTC: tests know no other clock. */
export const testTimeInMs = Date.UTC(2026, 10, 21);

/** A task as it is submitted, of a tenant of its own where none is named. */
export function queuedTask(overrides: Partial<QueuedTask> = {}): QueuedTask {
  return {
    status: 'QUEUED',
    taskId: ids.taskId(),
    tenantId: newTenantId(),
    workflowId: 'summarize',
    workflowVersion: 1,
    inputs: [
      { documentId: documentIdOf(1), name: 'note.md', objectKey: 'uploads/x', sizeInBytes: 12 },
    ],
    params: { maxWords: 400 },
    options: {},
    requestHash: 'a'.repeat(64),
    createdAtInMs: testTimeInMs,
    deadlineAtInMs: testTimeInMs + 3_600_000,
    run: 1,
    budget: openBudget(1_000),
    callsPlanned: 0,
    callsEnded: 0,
    timeline: [{ atInMs: testTimeInMs, event: 'Submitted' }],
    ...overrides,
  };
}

export function newTenantId(): TenantId {
  return TenantId.parse(`t-${ids.attemptId().slice('att_'.length)}`);
}

/** An attempt that has left and not yet come back. */
export function startedAttempt(taskId: TaskId): StartedAttempt {
  return {
    state: 'started',
    attemptId: ids.attemptId(),
    taskId,
    tenantId: newTenantId(),
    workflowId: 'summarize',
    callId: callIdOf('notes', 0, 1),
    run: 1,
    provider: 'simulator',
    modelAsked: 'minimax-m2-7',
    startedAtInMs: testTimeInMs,
    reservedInMicroUsd: 500,
  };
}

export function endedAttempt(started: StartedAttempt, costInMicroUsd: number): EndedAttempt {
  return {
    ...started,
    state: 'ended',
    endedAtInMs: started.startedAtInMs + 900,
    outcome: 'accepted',
    usage: { inputTokens: 10, outputTokens: 20 },
    costInMicroUsd,
    isEstimated: false,
    isPossiblyBilled: true,
  };
}
