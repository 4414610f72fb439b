import { createReconcileTasks, type ReconcilePorts } from '#shared/steps/tasks/reconcile-tasks.ts';
import type { Chore } from '#shared/steps/tasks/sweep.ts';

/** What the sweeper sees to, on one machine and in AWS the same. Other chores are added here, with the ports that they need. */
export function createChores(ports: ReconcilePorts): readonly Chore[] {
  return [
    createReconcileTasks(ports),
    // Due callbacks, ends that were not announced, answers of providers that were lost: one line each.
  ];
}
