import { describe, expect, it } from '@jest/globals';
import { createSummedMetrics } from '#shared/adapters/system/metrics.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import type { Task } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { countEnd } from '#shared/steps/tasks/count-end.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';

function totalsOf(end: object, overrides: Partial<Task> = {}) {
  const metrics = createSummedMetrics();
  const ended = { endedAtInMs: testTimeInMs + 90_000, usage: noUsage, ...end };
  countEnd(metrics, { ...queuedTask(), ...overrides, ...ended } as Task);
  return metrics.totals();
}
const failed = (code: ErrorCode) => ({ status: 'FAILED', error: { code, message: 'It failed.' } });

describe('the end of a task', () => {
  it('is counted by workflow and status, with the time it took', () => {
    expect(totalsOf({ status: 'CANCELLED' })).toEqual({
      'TasksEnded summarize CANCELLED': 1,
      'TaskDurationInSeconds summarize': 90,
    });
  });

  it('took the time since it was resumed, where it was', () => {
    const timeline = [{ atInMs: testTimeInMs + 60_000, event: 'Resumed' }];
    expect(totalsOf({ status: 'CANCELLED' }, { timeline })).toMatchObject({
      'TaskDurationInSeconds summarize': 30,
    });
  });

  it.each<[ErrorCode, number | undefined]>([
    ['corrupt_file', undefined],
    ['budget_exceeded', undefined],
    ['deadline_exceeded', undefined],
    ['model_unavailable', 1],
    ['internal_error', 1],
    ['step_timeout', 1],
  ])('counts as ours by its code: %s', (code, broken) => {
    expect(totalsOf(failed(code))['TasksBroken']).toBe(broken);
  });

  it('counts as stopped by the budget also where something could be delivered', () => {
    const reasons = [{ code: 'budget_exceeded', message: 'No money.' }];
    expect(totalsOf({ status: 'PARTIAL', reasons })).toMatchObject({ BudgetStops: 1 });
    expect(totalsOf(failed('budget_exceeded'))).toMatchObject({ BudgetStops: 1 });
  });

  it('is nothing for a task that goes on', () => {
    const metrics = createSummedMetrics();
    countEnd(metrics, queuedTask());
    expect(metrics.totals()).toEqual({});
  });
});
