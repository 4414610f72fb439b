import { describe, expect, it } from '@jest/globals';
import { type ErrorCode, errorCodes } from '#shared/domain/errors.ts';
import {
  attemptOutcomeOf,
  countSeries,
  endStatuses,
  metricEntry,
  metricsPriceInUsd,
  metricTable,
} from '#shared/domain/metrics.ts';
import { taskStatuses } from '#shared/domain/task.ts';

const oneOfEach = { workflows: 1, providers: 1 };

describe('the metrics', () => {
  it('are told apart by nothing of which there may be any number', () => {
    const dimensions = new Set(
      Object.values(metricTable).flatMap((entry) => [...entry.dimensions]),
    );
    expect([...dimensions].sort()).toEqual(['outcome', 'provider', 'status', 'workflow']);
  });

  it('are at most 30 series for one workflow and one provider, at 8.10 dollars a month', () => {
    expect(countSeries(oneOfEach)).toBe(27);
    expect(metricsPriceInUsd(oneOfEach)).toBe(8.1);
  });

  it('grow by 13 series for each provider and 6 for each workflow', () => {
    expect(countSeries({ workflows: 1, providers: 2 }) - countSeries(oneOfEach)).toBe(13);
    expect(countSeries({ workflows: 2, providers: 1 }) - countSeries(oneOfEach)).toBe(6);
  });

  it('name the unit in their names, as everything here does', () => {
    const units = { InSeconds: 'Seconds', InMs: 'Milliseconds' };
    for (const name of Object.keys(metricTable) as (keyof typeof metricTable)[]) {
      const [, unit] = Object.entries(units).find(([suffix]) => name.endsWith(suffix)) ?? [];
      if (unit !== undefined) expect([name, metricEntry(name).unit]).toEqual([name, unit]);
    }
  });

  it('know every status in which a task can end', () => {
    expect(taskStatuses.filter((status) => !['QUEUED', 'RUNNING'].includes(status))).toEqual([
      ...endStatuses,
    ]);
  });
});

describe('the outcome of an attempt', () => {
  it.each<[string, 'accepted' | ErrorCode]>([
    ['accepted', 'accepted'],
    ['rejected', 'answer_invalid'],
    ['rejected', 'answer_truncated'],
    ['rate-limited', 'model_rate_limited'],
    ['unavailable', 'model_timeout'],
    ['unavailable', 'model_unavailable'],
    ['account', 'model_auth_failed'],
    ['account', 'model_quota_exhausted'],
    ['refused', 'model_refused'],
    ['refused', 'model_bad_request'],
  ])('is %s for %s', (outcome, code) => {
    expect(attemptOutcomeOf(code)).toBe(outcome);
  });

  it('is one of six, whatever the code', () => {
    expect(new Set(errorCodes.map(attemptOutcomeOf)).size).toBeLessThanOrEqual(5);
  });
});
