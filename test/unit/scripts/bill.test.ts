import { describe, expect, it } from '@jest/globals';
import { billOf, type FunctionRun, totalOf } from '../../../scripts/cost/bill.ts';
import { recordedOf } from '../../../scripts/cost/recorded.ts';

const run: FunctionRun = {
  name: 'run-calls',
  durationInMs: 20_000,
  readUnits: 8,
  writeUnits: 100,
  objectReads: 10,
  objectWrites: 4,
};
const nothing = { transitions: 0, events: 0, steps: [], requests: [] };
const costOf = (rows: ReturnType<typeof billOf>, what: RegExp) =>
  rows.find((row) => what.test(row.what))?.costInMicroUsd;

describe('the bill of a task', () => {
  it('charges a thousand transitions 2.5 cents', () => {
    const rows = billOf({ ...nothing, transitions: 1_000 });
    expect(costOf(rows, /transitions/)).toBe(25_000);
  });

  it('charges a function by memory and time, and once for its cold start', () => {
    const once = billOf({ ...nothing, steps: [run] });
    const twice = billOf({ ...nothing, steps: [run, run] });
    expect(costOf(once, /GB-seconds/)).toBeCloseTo(10.2 * 13.3334, 5);
    expect(costOf(twice, /GB-seconds/)).toBeCloseTo(20.2 * 13.3334, 5);
  });

  it('adds what steps and requests asked of the stores', () => {
    const rows = billOf({ ...nothing, steps: [run], requests: [{ ...run, name: 'api' }] });
    expect(costOf(rows, /write units/)).toBeCloseTo(200 * 0.625, 5);
    expect(costOf(rows, /PUT/)).toBe(40);
    expect(totalOf(rows)).toBeCloseTo(
      rows.reduce((sum, row) => sum + row.costInMicroUsd, 0),
      9,
    );
  });

  it('reads the lines of steps and executions, and nothing else', () => {
    const { name: step, ...counts } = run;
    const lines = [
      { step, ...counts },
      { transitions: 12, events: 90 },
      { event: 'other' },
      'text',
    ];
    expect(recordedOf(lines)).toEqual({
      transitions: 12,
      events: 90,
      steps: [{ ...run, step }],
    });
  });
});
