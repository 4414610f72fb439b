import { isEnded, type Task } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Metrics } from '#shared/ports/metrics.ts';

export interface Backlog {
  readonly unended: number;
  readonly stuck: number;
  readonly oldestInSeconds: number;
}

export type ReportBacklog = (tasks: readonly Task[]) => Backlog;

/** A task begins within seconds: one that waits for so long was lost on its way to the engine. */
const longestQueueInMs = 900_000;
/** After its deadline a task only delivers what it has. */
const graceAfterDeadlineInMs = 1_800_000;

/**
 * Tells metrics and log how much is waiting, and names what is stuck. For whoever looks at the tasks that have not ended from time to time; with none
 * of them it says nothing, so that an idle deployment pays for no series.
 */
export function createReportBacklog(ports: {
  metrics: Metrics;
  logger: Logger;
  clock: Pick<Clock, 'now'>;
}): ReportBacklog {
  return (tasks) => {
    const unended = tasks.filter((task) => !isEnded(task));
    if (unended.length === 0) return { unended: 0, stuck: 0, oldestInSeconds: 0 };
    const nowInMs = ports.clock.now();
    const stuck = unended.filter((task) => isStuck(task, nowInMs));
    const oldestInMs = nowInMs - Math.min(...unended.map(beganAtInMs));
    const oldestInSeconds = Math.max(0, Math.round(oldestInMs / 1_000));
    ports.metrics.count('UnendedTasks', unended.length, {});
    ports.metrics.count('StuckTasks', stuck.length, {});
    ports.metrics.count('OldestUnendedTaskInSeconds', oldestInSeconds, {});
    for (const { taskId, status, run } of stuck) {
      ports.logger.warn('task-stuck', { taskId, status, run });
    }
    return { unended: unended.length, stuck: stuck.length, oldestInSeconds };
  };
}

/** A task that waits for a person is not stuck, however long that takes: the sweeper ends it when its time is over. */
function isStuck(task: Task, nowInMs: number): boolean {
  if (task.approval?.state === 'open') return false;
  if (nowInMs > task.deadlineAtInMs + graceAfterDeadlineInMs) return true;
  return task.status === 'QUEUED' && nowInMs - beganAtInMs(task) > longestQueueInMs;
}

/** A resumed task counts from its resumption. */
function beganAtInMs(task: Task): number {
  const resumed = task.timeline.findLast(({ event }) => event === 'Resumed');
  return resumed?.atInMs ?? task.createdAtInMs;
}
