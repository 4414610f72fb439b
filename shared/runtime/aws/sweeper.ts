import { createReconcileTask } from '#shared/steps/tasks/reconcile-tasks.ts';
import { createSweep } from '#shared/steps/tasks/sweep.ts';
import { createChores } from '../chores.ts';
import { engine } from './engine.ts';
import { publishEnd } from './events.ts';
import { concernOf } from './execution-event.ts';
import { clock, logger, metrics } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';

const ports = { tasks, ledger, clock, spending, engine, logger, publishEnd, metrics };
const sweep = createSweep({ chores: createChores(ports), logger });
const reconcile = createReconcileTask(ports);

/** Sees to one task where an event says that its execution is over, and to everything where the schedule has come round. */
export async function sweepAfter(event: unknown): Promise<void> {
  const concern = concernOf(event);
  if (concern.of === 'all') await sweep();
  if (concern.of === 'task') await reconcile(concern.taskId);
}
