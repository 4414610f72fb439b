import { describe, expect, it } from '@jest/globals';
import { caseLists } from '../../../scripts/scorecard/all-cases.ts';
import { extractTableCases } from '../../../scripts/scorecard/extract-table.ts';
import { runCases } from '../../../scripts/scorecard/run-cases.ts';
import type { FaultCount, Score } from '../../../scripts/scorecard/score.ts';
import { faultFailures, uncaught } from '../../../scripts/scorecard/score.ts';
import { costTable, qualityTable } from '../../../scripts/scorecard/tables.ts';

const count = (planted: number, repaired: number, named: number): FaultCount => ({
  ...{ fault: 'missing-ids', of: 'rows left out', planted, repaired, named },
});

describe('The scorecard', () => {
  it('finds every row of a small table, and names exactly those that a lying model never gives', async () => {
    const cases = [
      ...extractTableCases({ rows: 25 }),
      ...extractTableCases({ rows: 100 }).filter(({ name }) => name.includes('missing-ids')),
    ];
    const { scores, failures } = await runCases(cases);
    const [honest, lying] = scores;

    expect(failures).toEqual([]);
    expect(honest).toMatchObject({ status: 'SUCCEEDED', accuracy: { recall: 1, precision: 1 } });
    expect(honest?.anchors).toHaveLength(2);
    expect(lying).toMatchObject({ status: 'PARTIAL', faults: { planted: 51 } });
    expect(lying?.faults?.named).toBeGreaterThan(0);
    expect(lying?.accuracy.recall).toBeLessThan(1);
    const [quality, cost] = [qualityTable(scores), costTable(scores)];
    expect(quality).toContain('51 ÷ 51 rows left out = 1.000');
    expect(cost).toContain('$ at empiriolabs');
    expect([quality, cost].every((table) => table.split('\n').length === 5)).toBe(true);
  }, 240_000);

  it('fails where a lie was delivered, and where none was told', () => {
    expect(uncaught(count(5, 3, 1))).toBe(1);
    expect(faultFailures(count(5, 3, 1))).toEqual([
      '1 of 5 rows left out (missing-ids) were delivered.',
    ]);
    expect(faultFailures(count(0, 0, 0))).toEqual([
      'The model was to lie (missing-ids) and has not.',
    ]);
    expect(faultFailures(count(5, 3, 2))).toEqual([]);
  });

  it('counts a case that breaks off as a failure and goes on', async () => {
    const fine = { failures: [] as string[] } as unknown as Score;
    const caseOf = (name: string, run: () => Promise<readonly Score[]>) => ({
      ...{ workflow: 'summarize', name, isQuick: true, run },
    });
    const { scores, failures } = await runCases([
      caseOf('one', () => Promise.reject(new Error('It fell.'))),
      caseOf('two', async () => [fine]),
    ]);

    expect(scores).toEqual([fine]);
    expect(failures).toEqual(['summarize, one: it broke off: Error: It fell.']);
  });

  it('has cases for each workflow under an honest and a lying model, and a quick one', () => {
    const lists = Object.values(caseLists).map((list) => list({}));

    expect(lists).toHaveLength(6);
    for (const cases of lists) {
      expect(cases.some(({ isQuick }) => isQuick)).toBe(true);
      expect(cases.some(({ name }) => /invented|missing-ids|wrong-/.test(name))).toBe(true);
    }
    expect(extractTableCases({ rows: 777 }).map(({ name }) => name)).toEqual(['777 rows, XLSX']);
  });
});
