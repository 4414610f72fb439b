import * as z from 'zod';
import { TaskId, TenantId } from './ids.ts';
import type { EndedTask } from './task.ts';
import { isoOf } from './time.ts';

/** What is told of a task, in words that a rule of EventBridge can match (`detail-type` is `Task ` and the kind). */
export const taskEventKinds = [
  'Accepted',
  'Stage Completed',
  'Waiting For Approval',
  'Succeeded',
  'Partial',
  'Failed',
  'Cancelled',
] as const;
export type TaskEventKind = (typeof taskEventKinds)[number];

/** `source` of every event of ours. */
export const eventSource = 'quire';

/** `detail-type` of an event of the user's own that asks for a task; its detail is the body of `POST /v1/tasks`. */
export const taskRequestDetailType = 'Quire Task';

/** `source` of what our schedules send. */
export const scheduleSource = 'quire.schedule';

/** Something that happened to a task. Thin on purpose: ids and codes, never content (I9); who wants more asks the API. */
export const TaskEvent = z.object({
  /** The same for a repetition of the same event: receivers drop what they have seen. */
  eventId: z.string(),
  kind: z.enum(taskEventKinds),
  taskId: TaskId,
  tenantId: TenantId,
  workflowId: z.string(),
  /** Which execution of the task. */
  run: z.int().min(1),
  atInMs: z.int(),
  /** Of `Stage Completed` and `Waiting For Approval`. */
  stage: z.string().optional(),
  /** Code of the failure or of the first hole. */
  code: z.string().optional(),
});
export type TaskEvent = z.infer<typeof TaskEvent>;

/** `detail-type` of an event. */
export function detailTypeOf(kind: TaskEventKind): string {
  return `Task ${kind}`;
}

/** `detail` of an event: what rules match and targets get. */
export function detailOf(event: TaskEvent) {
  const { eventId, taskId, tenantId, workflowId, run, atInMs, kind, stage, code } = event;
  const status = endStatusOf(kind);
  return {
    eventId,
    taskId,
    tenantId,
    workflowId,
    run,
    at: isoOf(atInMs),
    ...(status === undefined ? {} : { status }),
    ...(stage === undefined ? {} : { stage }),
    ...(code === undefined ? {} : { code }),
  };
}

/** What an event needs to know of its task. */
export type TaskEventSubject = Pick<
  TaskEvent,
  'taskId' | 'tenantId' | 'workflowId' | 'run' | 'atInMs'
>;

/**
 * An event of a task. Its id is made of what it tells (task, run, kind, stage), so that telling it again gives the same id; no character
 * of it has a meaning in the headers of a webhook.
 */
export function taskEventOf(
  subject: TaskEventSubject,
  told: Pick<TaskEvent, 'kind' | 'stage' | 'code'>,
): TaskEvent {
  const { taskId, tenantId, workflowId, run, atInMs } = subject;
  const what = [told.kind, ...(told.stage === undefined ? [] : [told.stage])]
    .map((part) => part.toLowerCase().replaceAll(' ', '-'))
    .join('-');
  const eventId = `evt_${taskId.slice('tsk_'.length)}_${run}_${what}`;
  return { eventId, taskId, tenantId, workflowId, run, atInMs, ...told };
}

const endKinds = {
  SUCCEEDED: 'Succeeded',
  PARTIAL: 'Partial',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
} as const satisfies Record<EndedTask['status'], TaskEventKind>;

/** What is told of a task that has ended: a status, and the code of the failure or of the first hole. */
export function endEventOf(task: EndedTask): TaskEvent {
  const code =
    task.status === 'FAILED'
      ? task.error.code
      : task.status === 'PARTIAL'
        ? task.reasons[0]?.code
        : undefined;
  return taskEventOf(
    { ...task, atInMs: task.endedAtInMs },
    { kind: endKinds[task.status], ...(code === undefined ? {} : { code }) },
  );
}

/** The status that an event of an end tells; `undefined` of events on the way. */
export function endStatusOf(kind: TaskEventKind): EndedTask['status'] | undefined {
  return endStatuses.find((status) => endKinds[status] === kind);
}

/** Kinds of events that tell the end of a task. */
export const endEventKinds: readonly TaskEventKind[] = Object.values(endKinds);

const endStatuses = Object.keys(endKinds) as (keyof typeof endKinds)[];
