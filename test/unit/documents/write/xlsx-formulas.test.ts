import { describe, expect, it } from '@jest/globals';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Cell } from '#shared/domain/workbook.ts';
import { citationWith } from '../../../support/reports.ts';
import {
  cellsOf,
  column,
  number,
  workbookOf,
  workbookWith,
} from '../../../support/workbook-content.ts';

describe('writeXlsx from structure', () => {
  it('calculates its formulas, and leaves a gap where a number is missing', async () => {
    const difference = {
      kind: 'formula',
      formula: { kind: 'arithmetic', operator: '-', left: 'A', right: 'B' },
    } as const;
    const total = (name: 'sum' | 'average' | 'count' | 'maximum'): Cell => ({
      kind: 'formula',
      formula: { kind: 'aggregate', function: name, sheet: 'Data', column: 'D' },
    });
    const { bytes } = await writeXlsx(
      workbookWith(
        {
          name: 'Data',
          columns: [column('A', 'decimal'), column('B', 'decimal'), column('D', 'decimal')],
          rows: [
            [number(5), number(2), difference],
            [number(1), { kind: 'empty' }, difference],
            [number(1), number(4), difference],
          ],
        },
        {
          name: 'Sums',
          columns: [column('S'), column('A'), column('C'), column('M')],
          rows: [[total('sum'), total('average'), total('count'), total('maximum')]],
        },
      ),
    );

    const data = cellsOf(bytes, 1);
    expect(['C2', 'C3', 'C4'].map((name) => data.get(name)?.value)).toEqual(['3', '', '-3']);
    expect(data.get('C2')?.formula).toBe('IF(AND(ISNUMBER(A2),ISNUMBER(B2)),A2-B2,"")');
    const sums = cellsOf(bytes, 2);
    expect(['A2', 'B2', 'C2', 'D2'].map((name) => sums.get(name)?.value)).toEqual([
      '0',
      '0',
      '3',
      '3',
    ]);
    expect(sums.get('A2')?.formula).toBe("SUM('Data'!$C$2:$C$4)");
  });

  it('takes quotes and places from verified citations, and refuses others', async () => {
    const cite = (id: string): Cell[] => [
      { kind: 'citation', id, show: 'quote' },
      { kind: 'citation', id, show: 'place' },
    ];
    const workbook = (id: string) =>
      workbookOf({ columns: [column('Quote'), column('Place')], rows: [cite(id)] });

    const { bytes } = await writeXlsx(workbook('c1'), [citationWith()]);

    expect(cellsOf(bytes).get('A2')?.value).toBe('Revenue rose by 7.4 % to €184.6 million.');
    expect(cellsOf(bytes).get('B2')?.value).toBe('section “2 Finance”');
    await expect(writeXlsx(workbook('c9'), [citationWith()])).rejects.toMatchObject({
      code: 'internal_error',
    });
  });

  it('refuses a formula over a column that is not there, or over formulas without a value', async () => {
    const sum = (name: string): Cell => ({
      kind: 'formula',
      formula: { kind: 'aggregate', function: 'sum', sheet: 'Data', column: name },
    });
    const columns = [column('A'), column('B')];

    for (const rows of [[[sum('C')]], [[sum('A')]]]) {
      await expect(writeXlsx(workbookOf({ columns, rows }))).rejects.toMatchObject({
        code: 'internal_error',
      });
    }
  });
});
