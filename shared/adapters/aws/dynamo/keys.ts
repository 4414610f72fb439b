import type { ApprovalKind } from '#shared/domain/approval.ts';
import type { AttemptId, CallId, TaskId, TenantId, UploadId } from '#shared/domain/ids.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import { stateTable } from '#shared/domain/table.ts';
import type { Key } from './table.ts';

/** Where things are in the table. The only place that builds its keys. */
export const keys = {
  task: (taskId: TaskId): Key => ({ pk: `TASK#${taskId}`, sk: 'META' }),
  call: ({ taskId, callId }: { taskId: TaskId; callId: CallId }): Key => ({
    pk: `TASK#${taskId}`,
    sk: `CALL#${callId}`,
  }),
  attempt: (taskId: TaskId, attemptId: AttemptId): Key => ({
    pk: `TASK#${taskId}`,
    sk: `ATTEMPT#${attemptId}`,
  }),
  approval: ({ taskId, run, what }: { taskId: TaskId; run: number; what: ApprovalKind }): Key => ({
    pk: `TASK#${taskId}`,
    sk: `APPROVAL#${run}-${what}`,
  }),
  wait: (worker: { taskId: TaskId; stage: string; round: number; worker: number }): Key => ({
    pk: `TASK#${worker.taskId}`,
    sk: `${waitPrefix(worker)}${worker.worker}`,
  }),
  gate: (provider: ProviderName): Key => ({ pk: `PROVIDER#${provider}`, sk: 'GATE' }),
  slots: (provider: ProviderName): Key => ({ pk: `PROVIDER#${provider}`, sk: 'SLOTS' }),
  circuit: ({ provider, keyId }: { provider: ProviderName; keyId: string }): Key => ({
    pk: `PROVIDER#${provider}`,
    sk: `CIRCUIT#${keyId}`,
  }),
  allowance: (id: string): Key => ({ pk: `ALLOWANCE#${id}`, sk: 'META' }),
  answer: ({ tenantId, digest }: { tenantId: TenantId; digest: string }): Key => ({
    pk: `ANSWER#${tenantId}#${digest}`,
    sk: 'META',
  }),
  callback: ({ taskId, run }: { taskId: TaskId; run: number }): Key => ({
    pk: `CALLBACK#${taskId}#${run}`,
    sk: 'META',
  }),
  apiKey: (hash: string): Key => ({
    pk: `${stateTable.apiKeys.partitionPrefix}${hash}`,
    sk: 'META',
  }),
  upload: (uploadId: UploadId): Key => ({
    pk: `${stateTable.uploads.partitionPrefix}${uploadId}`,
    sk: 'META',
  }),
  usage: (row: { tenantId: TenantId; day: string; taskId: TaskId; provider: string }): Key => ({
    pk: usagePartition(row.tenantId, row.day),
    sk: `${row.taskId}#${row.provider}`,
  }),
};

/** What the sort keys of all workers of a stage's round begin with. */
export function waitPrefix({ stage, round }: { stage: string; round: number }): string {
  return `WAIT#${stage}-${round}-`;
}

export function usagePartition(tenantId: TenantId, day: string): string {
  return `USAGE#${tenantId}#${day}`;
}

export function tenantPartition(tenantId: TenantId): string {
  return `TENANT#${tenantId}`;
}

/** In the index by tenant, beside {@link tenantPartition}: the keys of a tenant by their ids. */
export function apiKeysPartition(tenantId: TenantId): string {
  return `KEYS#${tenantId}`;
}

export const unendedPartition = 'UNENDED';

/** Tasks that have ended, until their end has been announced; by the time of the end. */
export const unannouncedPartition = 'UNANNOUNCED';

/** Sorts unannounced ends. */
export function endKey(taskId: TaskId, atInMs: number): string {
  return `${timeKey(atInMs)}#${taskId}`;
}

/** Callbacks that are to be delivered; by the time of the next delivery. */
export const duePartition = 'DUE';

/** Sorts by time. */
export function timeKey(atInMs: number): string {
  return new Date(atInMs).toISOString();
}

/** Sorts tasks by creation; the id makes it unique. */
export function creationKey(task: { createdAtInMs: number; taskId: TaskId }): string {
  return `${new Date(task.createdAtInMs).toISOString()}#${task.taskId}`;
}
