import * as z from 'zod';
import { TaskId } from '#shared/domain/ids.ts';
import { createReconcileTask } from '#shared/steps/tasks/reconcile-tasks.ts';
import { createSweep } from '#shared/steps/tasks/sweep.ts';
import { createChores } from '../chores.ts';
import { engine } from './engine.ts';
import { clock, logger } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';

/** “Step Functions Execution Status Change”, as far as it is used. Executions are named by their tasks, and by the run from the second on. */
const ExecutionEnded = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ name: z.string().transform((name) => name.split('-r')[0]) }),
});

const ports = { tasks, ledger, clock, spending, engine, logger };
const sweep = createSweep({ chores: createChores(ports), logger });
const reconcile = createReconcileTask(ports);

/** Sees to one task where an event says that its execution is over, and to everything where the schedule has come round. */
export async function sweepAfter(event: unknown): Promise<void> {
  const ended = ExecutionEnded.safeParse(event);
  if (!ended.success) return await sweep();
  const taskId = TaskId.safeParse(ended.data.detail.name);
  if (taskId.success) await reconcile(taskId.data);
}
