import * as z from 'zod';
import { TaskId, TenantId } from './ids.ts';

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
