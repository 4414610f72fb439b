import * as z from 'zod';
import { TaskId } from '#shared/domain/ids.ts';

/** “Step Functions Execution Status Change”, as far as it is used. */
const ExecutionEnded = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ name: z.string() }),
});

/** What an event asks the sweeper to look at: one task, everything, or nothing of ours. */
export type Concern =
  | { readonly of: 'task'; readonly taskId: TaskId }
  | { readonly of: 'all' }
  | { readonly of: 'none' };

/** Executions are named by their tasks, and by the run from the second on. What is no event of an execution is the schedule's. */
export function concernOf(event: unknown): Concern {
  const ended = ExecutionEnded.safeParse(event);
  if (!ended.success) return { of: 'all' };
  const taskId = TaskId.safeParse(ended.data.detail.name.replace(/-r\d+$/, ''));
  return taskId.success ? { of: 'task', taskId: taskId.data } : { of: 'none' };
}
