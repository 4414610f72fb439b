import { describe, expect, it } from '@jest/globals';
import { createSummedMetrics } from '#shared/adapters/system/metrics.ts';
import type { Task } from '#shared/domain/task.ts';
import { createReportBacklog } from '#shared/steps/tasks/report-backlog.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';

const minuteInMs = 60_000;

/** Reports tasks as they stand so many minutes after the time of the tests. */
function report(tasks: readonly Task[], minutes: number) {
  const metrics = createSummedMetrics();
  const logger = createRecordingLogger();
  const clock = { now: () => testTimeInMs + minutes * minuteInMs };
  const backlog = createReportBacklog({ metrics, logger, clock })(tasks);
  return { backlog, totals: metrics.totals(), lines: logger.lines };
}

const running = (overrides: Partial<Task> = {}): Task =>
  ({ ...queuedTask(), status: 'RUNNING', startedAtInMs: testTimeInMs, ...overrides }) as Task;

describe('the backlog', () => {
  it('is silent when nothing waits, so that an idle deployment pays for no series', () => {
    expect(report([], 60)).toEqual({
      backlog: { unended: 0, stuck: 0, oldestInSeconds: 0 },
      totals: {},
      lines: [],
    });
  });

  it('tells how many tasks there are and how old the oldest is', () => {
    const young = queuedTask({ createdAtInMs: testTimeInMs + 8 * minuteInMs });
    expect(report([young, running()], 10).totals).toEqual({
      UnendedTasks: 2,
      StuckTasks: 0,
      OldestUnendedTaskInSeconds: 600,
    });
  });

  it.each([
    { what: 'a task that has waited for 15 minutes', task: queuedTask(), minutes: 15, stuck: 0 },
    { what: 'a task that has waited for longer', task: queuedTask(), minutes: 16, stuck: 1 },
    { what: 'a running task before its deadline', task: running(), minutes: 59, stuck: 0 },
    { what: 'one that may still deliver after it', task: running(), minutes: 89, stuck: 0 },
    { what: 'one that should have ended', task: running(), minutes: 91, stuck: 1 },
  ])('counts $what as it is', ({ task, minutes, stuck }) => {
    expect(report([task], minutes).backlog.stuck).toBe(stuck);
  });

  it('counts a resumed task from its resumption', () => {
    const resumedAtInMs = testTimeInMs + 100 * minuteInMs;
    const task = queuedTask({
      deadlineAtInMs: resumedAtInMs + 60 * minuteInMs,
      timeline: [{ atInMs: resumedAtInMs, event: 'Resumed' }],
      run: 2,
    });
    expect(report([task], 110).backlog).toEqual({ unended: 1, stuck: 0, oldestInSeconds: 600 });
  });

  it('names what is stuck in the log', () => {
    const task = queuedTask();
    expect(report([task, running()], 20).lines).toEqual([
      {
        level: 'warn',
        event: 'task-stuck',
        fields: { taskId: task.taskId, status: 'QUEUED', run: 1 },
      },
    ]);
  });
});
