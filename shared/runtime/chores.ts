import type { Metrics } from '#shared/ports/metrics.ts';
import { createReconcileTasks, type ReconcilePorts } from '#shared/steps/tasks/reconcile-tasks.ts';
import { createReportBacklog } from '#shared/steps/tasks/report-backlog.ts';
import type { Chore } from '#shared/steps/tasks/sweep.ts';

/** What the sweeper sees to, on one machine and in AWS the same. Other chores are added here, with the ports that they need. */
export function createChores(
  ports: ReconcilePorts & { readonly metrics: Metrics },
): readonly Chore[] {
  const reportBacklog = createReportBacklog(ports);
  return [
    createReconcileTasks(ports),
    {
      name: 'report-backlog',
      async run() {
        const { stuck } = reportBacklog(await ports.tasks.listUnended());
        return { stuck };
      },
    },
  ];
}
