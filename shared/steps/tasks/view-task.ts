import { isEnded, type Task } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import { noUsage, type UsageTotals } from '#shared/domain/usage.ts';

/** The body of `GET /v1/tasks/{id}`: what an operator or a program wants to know of a task. */
export type TaskView = Readonly<Record<string, unknown>>;

/** Makes the public view of a task. `isSimulated`: its answers come from the built-in simulator, and the view says so. */
export function viewTask(task: Task, options: { readonly isSimulated: boolean }): TaskView {
  const { callsPlanned, callsEnded, budget } = task;
  return {
    taskId: task.taskId,
    workflow: { id: task.workflowId, version: task.workflowVersion },
    status: task.status,
    ...('stage' in task && task.stage !== undefined ? { stage: task.stage } : {}),
    ...(options.isSimulated ? { simulated: true } : {}),
    progress: { callsPlanned, callsEnded, percent: percentOf(task) },
    inputs: task.inputs.map(({ documentId, name, sizeInBytes }) => ({
      documentId,
      name,
      sizeInBytes,
    })),
    params: task.params,
    options: task.options,
    budget: {
      limitUsd: usd(budget.limitInMicroUsd),
      spentUsd: usd(budget.spentInMicroUsd),
      reservedUsd: usd(budget.reservedInMicroUsd),
    },
    usage: viewUsage(
      isEnded(task) ? task.usage : { ...noUsage, costInMicroUsd: budget.spentInMicroUsd },
    ),
    ...endOf(task),
    timeline: task.timeline.map(({ atInMs, event }) => ({ at: isoOf(atInMs), event })),
    createdAt: isoOf(task.createdAtInMs),
    deadlineAt: isoOf(task.deadlineAtInMs),
    ...('startedAtInMs' in task && task.startedAtInMs !== undefined
      ? { startedAt: isoOf(task.startedAtInMs) }
      : {}),
    ...(isEnded(task) ? { endedAt: isoOf(task.endedAtInMs) } : {}),
    run: task.run,
    ...(task.traceId === undefined ? {} : { traceId: task.traceId }),
    links: { self: `/v1/tasks/${task.taskId}` },
  };
}

/** Usage for people and programs: exact micro-dollars, and dollars to read. */
export function viewUsage(totals: UsageTotals) {
  return { ...totals, costUsd: usd(totals.costInMicroUsd) };
}

function endOf(task: Task) {
  switch (task.status) {
    case 'SUCCEEDED':
    case 'PARTIAL':
      return {
        coverage: task.coverage,
        artifacts: task.artifacts.map((artifact) => ({
          ...artifact,
          href: `/v1/tasks/${task.taskId}/artifacts/${artifact.name}`,
        })),
        ...(task.status === 'PARTIAL' ? { reasons: task.reasons } : {}),
      };
    case 'FAILED':
      return { artifacts: [], error: task.error };
    case 'QUEUED':
    case 'RUNNING':
    case 'CANCELLED':
      return { artifacts: [] };
  }
}

/** Share of the planned calls that have ended; later stages plan theirs when they begin, so it is full only at the end. */
function percentOf(task: Task): number {
  if (isEnded(task)) return 100;
  if (task.callsPlanned === 0) return 0;
  return Math.min(99, Math.floor((task.callsEnded / task.callsPlanned) * 100));
}

function usd(amountInMicroUsd: number): number {
  return amountInMicroUsd / 1_000_000;
}
