import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseA1 } from '#shared/documents/read/sheet/a1.ts';
import {
  rangeOf,
  readSheet,
  sheetOutline,
  warningCodesOf,
} from '../../../support/read-workbook.ts';

describe('Damaged and hostile workbooks', () => {
  it('are read where cells stand in odd places, with a warning', async () => {
    const rows =
      '<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c><v>2</v></c><c r="XFE2"><v>3</v></c></row><row r="9999999"><c><v>6</v></c></row>';
    const document = await readSheet({ rows });

    expect(sheetOutline(document)).toEqual([
      'table-row A2:B2 2 | 3',
      'table-row A3 6',
      'table-row A5 5',
    ]);
    expect(warningCodesOf(document)).toEqual([expect.stringMatching(/^malformed/)]);
  });

  it('cost no more than their content where rows are sparse', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => {
      const column = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index % 26] ?? 'A';
      return `<row r="${index + 1}"><c r="${column}${index + 1}"><v>1</v></c><c r="XF${column === 'A' ? 'A' : 'B'}${index + 1}"><v>2</v></c></row>`;
    });
    const { units } = await readSheet({ rows: rows.join('') });
    const cells = units.reduce((sum, unit) => sum + (unit.table?.cells.length ?? 0), 0);

    expect(units).toHaveLength(800);
    expect(cells).toBeLessThan(20_000);
  });

  it('are refused where one string fills many cells', async () => {
    const rows = Array.from({ length: 2_200 }, () => '<row><c t="s"><v>0</v></c></row>').join('');
    const strings = `<si><t>${'x'.repeat(32_000)}</t></si>`;

    await expect(readSheet({ rows }, { strings })).rejects.toMatchObject({
      code: 'file_too_complex',
    });
  });
});

describe('Every cell', () => {
  it('is in exactly one unit, at the place that its locator names', async () => {
    const grid = fc.dictionary(
      fc
        .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 25 }))
        .map(([r, c]) => `${String.fromCharCode(65 + c)}${r}`),
      fc.stringMatching(/^[a-z]{1,6}$/),
      { maxKeys: 25, minKeys: 1 },
    );
    await fc.assert(
      fc.asyncProperty(grid, fc.integer({ min: 0, max: 26 }), async (cells, hidden) => {
        const byRow = new Map<number, string[]>();
        for (const [place, text] of Object.entries(cells)) {
          const number = Number(place.slice(1));
          byRow.set(number, [
            ...(byRow.get(number) ?? []),
            `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`,
          ]);
        }
        const rows = [...byRow].sort(([left], [right]) => left - right);
        const { units } = await readSheet({
          before: `<cols><col min="${hidden}" max="${hidden}" hidden="1"/></cols>`,
          rows: rows.map(([number, own]) => `<row r="${number}">${own.join('')}</row>`).join(''),
        });
        const found = units.flatMap((unit) => {
          const range = parseA1(rangeOf(unit));
          const texts = unit.table?.cells ?? [unit.text];
          return texts.flatMap((text, index) =>
            text === '' || range === undefined
              ? []
              : [[`${String.fromCharCode(65 + range.left + index)}${range.top}`, text] as const],
          );
        });
        expect(found.toSorted()).toEqual(Object.entries(cells).toSorted());
      }),
      { numRuns: 40 },
    );
  });
});
