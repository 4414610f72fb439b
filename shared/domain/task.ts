import * as z from 'zod';
import { Approval, maxApprovalTimeoutInMinutes } from './approval.ts';
import { Budget } from './budget.ts';
import { Coverage } from './coverage.ts';
import { Problem } from './errors.ts';
import { Estimate } from './estimate.ts';
import { DocumentId, TaskId, TenantId, UploadId } from './ids.ts';
import { ProviderName } from './providers.ts';
import { UsageTotals } from './usage.ts';

/** An input as a caller names it: an uploaded file, short text of its own, or a file that is fetched when the task is submitted. */
export const TaskInput = z.union([
  z.strictObject({ uploadId: UploadId }),
  z.strictObject({ name: z.string().min(1).max(255), text: z.string().min(1).max(200_000) }),
  z.strictObject({
    url: z.string().min(1).max(8_000),
    name: z.string().min(1).max(255).optional(),
  }),
]);
export type TaskInput = z.infer<typeof TaskInput>;

/** How a task is run, whatever its workflow. */
export const TaskOptions = z.strictObject({
  budgetUsd: z.number().positive().max(1_000).optional(),
  deadlineMinutes: z.int().min(1).max(10_080).optional(),
  /** In the order in which they are tried. */
  providers: z.array(ProviderName).min(1).optional(),
  /** Lets a provider that has it search the web with the latest message of each question; that text leaves for a third party. */
  webSearch: z.boolean().optional(),
  /** Lets the provider mask e-mail addresses and numbers in answers. */
  maskSensitiveInfo: z.boolean().optional(),
  /** What a person looks at before the task goes on: the plan before anything is asked, or the draft before it is delivered. */
  approval: z.enum(['none', 'plan', 'final']).optional(),
  /** How long it waits for that person; a day if absent. */
  approvalTimeoutMinutes: z.int().min(1).max(maxApprovalTimeoutInMinutes).optional(),
  /** Gets a signed notice when the task has ended (Standard Webhooks). */
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
});
export type TaskOptions = z.infer<typeof TaskOptions>;

/** Two hundred documents, and a file of questions, terms or the like beside them. A workflow may take fewer. */
export const maxInputs = 201;

/** The body of `POST /v1/tasks`. */
export const TaskRequest = z.strictObject({
  workflow: z.string().min(1),
  inputs: z.array(TaskInput).min(1).max(maxInputs),
  params: z.record(z.string(), z.unknown()).default({}),
  options: TaskOptions.default({}),
});
export type TaskRequest = z.infer<typeof TaskRequest>;

/** An input as the task keeps it: bytes in the object store. */
export const StoredInput = z.object({
  documentId: DocumentId,
  name: z.string(),
  objectKey: z.string(),
  sizeInBytes: z.int().min(0),
});
export type StoredInput = z.infer<typeof StoredInput>;

/** An output file of a task. */
export const Artifact = z.object({
  name: z.string(),
  contentType: z.string(),
  sizeInBytes: z.int().min(0),
});
export type Artifact = z.infer<typeof Artifact>;

/** What submitted a task, where it was not a caller of the API: its results go back there. */
export const TaskOrigin = z.discriminatedUnion('kind', [
  /** A file under `inbox/<workflow>/`; `version` tells this content from any other under the key. */
  z.object({ kind: z.literal('inbox'), objectKey: z.string(), version: z.string() }),
  /** An event of the user's own, or of a schedule. */
  z.object({ kind: z.literal('event'), source: z.string(), eventId: z.string() }),
  /** Another task, whose plan it is part of: it is paid from that task's budget and ends with it. */
  z.object({ kind: z.literal('task'), parentTaskId: TaskId, childId: z.string() }),
]);
export type TaskOrigin = z.infer<typeof TaskOrigin>;

/** A task that another one has started, as that one keeps it. */
export const ChildTask = z.object({
  /** Names it in the plan of its parent. */
  childId: z.string(),
  taskId: TaskId,
  workflowId: z.string(),
  /** What it is for, in the words of the plan. */
  why: z.string(),
  /** Run of the parent that has started it or let it go on. */
  run: z.int().min(1),
  atInMs: z.int(),
});
export type ChildTask = z.infer<typeof ChildTask>;

/** Something that happened to a task, for the operator's timeline. */
export const TimelineEntry = z.object({ atInMs: z.int(), event: z.string() });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

const base = {
  taskId: TaskId,
  tenantId: TenantId,
  workflowId: z.string(),
  workflowVersion: z.int().min(1),
  inputs: z.array(StoredInput).min(1),
  params: z.record(z.string(), z.unknown()),
  options: TaskOptions,
  /** sha256 of the request, to tell a repetition from a conflict (I2). */
  requestHash: z.string(),
  createdAtInMs: z.int(),
  deadlineAtInMs: z.int(),
  /** Counts executions of the task from 1: a restart is a new run, and older runs can no longer write. */
  run: z.int().min(1),
  budget: Budget,
  /** Allowances of the deployment that its budget was taken from, and whose key it was. */
  allowances: z.array(z.string()).optional(),
  keyId: z.string().optional(),
  /** Absent where a caller of the API submitted it. */
  origin: TaskOrigin.optional(),
  /** What it was to take, told when its documents had been read and before anything was asked. */
  estimate: Estimate.optional(),
  /** Absent until a person is asked. */
  approval: Approval.optional(),
  /** What would be delivered, while a person looks at it. */
  drafts: z.array(Artifact).optional(),
  /** Trace of the request that submitted it, to find what the platform knows of it. */
  traceId: z.string().optional(),
  /** Tasks that it has started, in this order; one that was let go on stands there once more. */
  children: z.array(ChildTask).optional(),
  callsPlanned: z.int().min(0),
  callsEnded: z.int().min(0),
  timeline: z.array(TimelineEntry),
};
const started = { ...base, startedAtInMs: z.int(), stage: z.string().optional() };
const ended = {
  ...base,
  startedAtInMs: z.int().optional(),
  endedAtInMs: z.int(),
  usage: UsageTotals,
};
const delivered = { ...ended, artifacts: z.array(Artifact), coverage: Coverage.shape.totals };

/** A task by its status. The last four are terminal, and a task reaches exactly one of them (I1). */
export const Task = z.discriminatedUnion('status', [
  z.object({ ...base, status: z.literal('QUEUED') }),
  z.object({ ...started, status: z.literal('RUNNING') }),
  z.object({ ...delivered, status: z.literal('SUCCEEDED') }),
  z.object({ ...delivered, status: z.literal('PARTIAL'), reasons: z.array(Problem).min(1) }),
  z.object({ ...ended, status: z.literal('FAILED'), error: Problem }),
  z.object({ ...ended, status: z.literal('CANCELLED') }),
]);
export type Task = z.infer<typeof Task>;
export type TaskStatus = Task['status'];
export type QueuedTask = Extract<Task, { status: 'QUEUED' }>;
export type RunningTask = Extract<Task, { status: 'RUNNING' }>;
export type EndedTask = Exclude<Task, QueuedTask | RunningTask>;

/** How a task ends: the part of its terminal state that the run decides. */
export type TaskEnding =
  | {
      readonly status: 'SUCCEEDED';
      readonly artifacts: readonly Artifact[];
      readonly coverage: Coverage['totals'];
    }
  | {
      readonly status: 'PARTIAL';
      readonly artifacts: readonly Artifact[];
      readonly coverage: Coverage['totals'];
      readonly reasons: readonly [Problem, ...Problem[]];
    }
  | { readonly status: 'FAILED'; readonly error: Problem }
  | { readonly status: 'CANCELLED' };

export const taskStatuses = [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'PARTIAL',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly TaskStatus[];

/** The task whose plan this one is part of. */
export function parentOf({ origin }: Pick<Task, 'origin'>): TaskId | undefined {
  return origin?.kind === 'task' ? origin.parentTaskId : undefined;
}

/** Every task that it has started, once. */
export function childTaskIdsOf({ children = [] }: Pick<Task, 'children'>): readonly TaskId[] {
  return [...new Set(children.map(({ taskId }) => taskId))];
}

/** Whether a task has reached its terminal state. */
export function isEnded(task: Task): task is EndedTask {
  return task.status !== 'QUEUED' && task.status !== 'RUNNING';
}
