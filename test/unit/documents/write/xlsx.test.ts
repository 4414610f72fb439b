import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { excelLimits } from '#shared/documents/write/xlsx/limits.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import { type Cell, Workbook } from '#shared/domain/workbook.ts';
import { brokenLinks, elementsOf, partsOf, untypedParts } from '../../../support/office-parts.ts';
import { pdfPages } from '../../../support/pdf-text.ts';
import { convertToPdf, findSoffice } from '../../../support/soffice.ts';
import {
  cellsOf,
  column,
  number,
  text,
  workbookOf,
  workbookWith,
} from '../../../support/workbook-content.ts';

describe('writeXlsx', () => {
  it('writes every kind of cell with its type and number format', async () => {
    const { bytes } = await writeXlsx(
      workbookOf({
        columns: [
          column('Text'),
          column('Whole', 'integer'),
          { ...column('Net', 'currency'), currency: 'EUR' },
          column('Rate', 'percent'),
          column('Day', 'date'),
          column('Seen', 'datetime'),
          column('Paid', 'boolean'),
        ],
        rows: [
          [
            text('A'),
            number(3),
            number(-1234.5),
            number(0.19),
            { kind: 'date', date: '2025-02-28' },
            { kind: 'datetime', datetime: '2025-02-28T18:00:00' },
            { kind: 'boolean', value: true },
          ],
        ],
      }),
    );

    const cells = cellsOf(bytes);
    const shown = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((letter) => {
      const { type, value, format } = cells.get(`${letter}2`) ?? {};
      return [type, value, format];
    });
    expect(shown).toEqual([
      ['s', 'A', '0'],
      [undefined, '3', '3'],
      [undefined, '-1234.5', '#,##0.00 [$EUR]'],
      [undefined, '0.19', '0.0#%'],
      [undefined, '45716', 'yyyy-mm-dd'],
      [undefined, '45716.75', 'yyyy-mm-dd hh:mm'],
      ['b', '1', '"TRUE";"TRUE";"FALSE"'],
    ]);
  });

  it('shows the fraction of a number in a column of whole ones', async () => {
    const { bytes } = await writeXlsx(
      workbookOf({ columns: [column('Whole', 'integer')], rows: [[number(2.5)]] }),
    );

    expect(cellsOf(bytes).get('A2')?.format).toBe('#,##0.00##');
  });

  it.each(['=cmd|calc', '+1', '-1', '@SUM(A1)', '00123', '1.5', '2025-01-01'])(
    'keeps the text %s a text, also when somebody edits the cell',
    async (value) => {
      const { bytes } = await writeXlsx(
        workbookOf({ columns: [column('T')], rows: [[text(value)]] }),
      );

      expect(cellsOf(bytes).get('A2')).toMatchObject({ type: 's', value, isQuoted: true });
    },
  );

  it('gives back every text as it was', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('_x0041_', '_x005F_x0041_', '\u0000\u001f\r\n\t', '\ud800', '\ufffe', ' '),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), async (texts) => {
        const rows = texts.map((each) => [text(each)]);
        const { bytes, warnings } = await writeXlsx(workbookOf({ columns: [column('T')], rows }));

        const cells = cellsOf(bytes);
        expect(texts.map((_, row) => cells.get(`A${row + 2}`)?.value)).toEqual(texts);
        expect(warnings).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('gives back every number as it was', async () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const rows = values.map((value) => [number(value)]);
        const { bytes } = await writeXlsx(workbookOf({ columns: [column('N', 'decimal')], rows }));

        const cells = cellsOf(bytes);
        const written = values.map((_, row) => Number(cells.get(`A${row + 2}`)?.value));
        expect(written).toEqual(values.map((value) => value + 0));
      }),
      { numRuns: 25 },
    );
  });

  it('cuts a text that no cell can hold, says so in the cell and in the warnings', async () => {
    const { bytes, warnings } = await writeXlsx(
      workbookOf({ columns: [column('T')], rows: [[text('ab'.repeat(20_000))]] }),
    );

    const value = cellsOf(bytes).get('A2')?.value ?? '';
    expect(value).toHaveLength(excelLimits.charactersInCell);
    expect(value).toMatch(/ … \[cut: a cell holds 32767 of these 40000 characters\]$/);
    expect(warnings).toMatchObject([{ code: 'text_cut', count: 1 }]);
  });

  it('goes on in a further sheet when rows are more than a sheet can hold', async () => {
    const columns = [{ ...column('N', 'integer'), total: 'sum' as const }];
    const rows = [1, 2, 3, 4, 5].map((value) => [number(value)]);
    const { bytes, warnings } = await writeXlsx(workbookOf({ name: 'It’s', columns, rows }), [], {
      ...excelLimits,
      rows: 5,
    });

    const first = cellsOf(bytes, 1);
    const second = cellsOf(bytes, 2);
    expect(['A2', 'A3', 'A4'].map((name) => first.get(name)?.value)).toEqual(['1', '2', '3']);
    expect(['A2', 'A3'].map((name) => second.get(name)?.value)).toEqual(['4', '5']);
    expect(second.get('A4')).toMatchObject({
      value: '15',
      formula: "SUM('It’s'!$A$2:$A$4,'It’s (2)'!$A$2:$A$3)",
    });
    expect(warnings).toMatchObject([{ code: 'sheet_split', count: 1 }]);
  });

  it('makes names of sheets and columns that Excel takes, each once', async () => {
    const sheet = { columns: [column('A'), column('a'), column(' \n')], rows: [] };
    const { bytes, warnings } = await writeXlsx(
      workbookWith(
        { ...sheet, name: 'Costs: Q1/Q2 [draft] with a very long name' },
        { ...sheet, name: 'costs_ q1_q2 _draft_ with a very long name' },
        { ...sheet, name: "'" },
        { ...sheet, name: 'History' },
      ),
    );

    const parts = partsOf(bytes);
    const names = elementsOf(parts.root('xl/workbook.xml'), 'sheet').map(
      ({ attributes }) => attributes['name'],
    );
    expect(names).toEqual([
      'Costs_ Q1_Q2 _draft_ with a ver',
      'costs_ q1_q2 _draft_ with a (2)',
      'Sheet',
      'History_',
    ]);
    const titles = elementsOf(parts.root('xl/tables/table1.xml'), 'tableColumn');
    expect(titles.map(({ attributes }) => attributes['name'])).toEqual(['A', 'a (2)', 'Column 3']);
    expect(warnings).toMatchObject([{ code: 'name_changed', count: 12 }]);
  });

  it('makes a table object over header, rows and totals, below the notes, with a frozen header', async () => {
    const { bytes } = await writeXlsx(
      workbookOf({
        notes: [{ text: 'PARTIAL', mark: 'warning' }],
        columns: [column('Name'), { ...column('Net #', 'decimal'), total: 'sum' }],
        rows: [
          [text('a'), number(1.5)],
          [text('b'), number(2)],
        ],
      }),
    );

    const parts = partsOf(bytes);
    const table = parts.root('xl/tables/table1.xml');
    expect(table.attributes).toMatchObject({ ref: 'A3:B6', totalsRowCount: '1' });
    expect(elementsOf(table, 'autoFilter')[0]?.attributes['ref']).toBe('A3:B5');
    expect(elementsOf(parts.root('xl/worksheets/sheet1.xml'), 'pane')[0]?.attributes).toMatchObject(
      { ySplit: '3', state: 'frozen' },
    );
    const cells = cellsOf(bytes);
    expect(cells.get('A1')?.value).toBe('PARTIAL');
    expect(cells.get('B6')).toMatchObject({
      formula: "SUBTOTAL(109,Table1_Data[Net '#])",
      value: '3.5',
    });
  });

  it('links to rows of its own and to web pages, and to nothing else', async () => {
    const link = (target: string | { sheet: string; row: number }): Cell[] => [
      { kind: 'link', text: 'see', target },
    ];
    const { bytes, warnings } = await writeXlsx(
      workbookOf({
        columns: [column('L', 'link')],
        rows: [
          link({ sheet: 'Data', row: 2 }),
          link('https://example.com/?a=1&b=2'),
          link('javascript:alert(1)'),
          link('file:///etc/passwd'),
          link('\\\\server\\share'),
        ],
      }),
    );

    const parts = partsOf(bytes);
    const links = elementsOf(parts.root('xl/worksheets/sheet1.xml'), 'hyperlink');
    expect(links.map(({ attributes }) => attributes['ref'])).toEqual(['A2', 'A3']);
    expect(links[0]?.attributes['location']).toBe("'Data'!A4");
    expect(parts.text('xl/worksheets/_rels/sheet1.xml.rels')).toContain(
      'Target="https://example.com/?a=1&amp;b=2"',
    );
    expect(warnings).toMatchObject([{ code: 'link_left_out', count: 3 }]);
  });

  it('marks cells by a fill of their own', async () => {
    const { bytes } = await writeXlsx(
      workbookOf({
        columns: [column('A'), column('B')],
        rows: [
          [
            { kind: 'empty', mark: 'missing' },
            { ...text('x'), mark: 'warning' },
          ],
        ],
      }),
    );

    const cells = cellsOf(bytes);
    const fills = [cells.get('A2')?.fill, cells.get('B2')?.fill];
    expect(new Set([...fills, '0']).size).toBe(3);
  });

  it('makes a sound package whose bytes do not change', async () => {
    const workbook = workbookOf({ columns: [column('T')], rows: [[text('x')]] });

    const [first, second] = [await writeXlsx(workbook), await writeXlsx(workbook)];

    expect(first.bytes).toEqual(second.bytes);
    expect(brokenLinks(partsOf(first.bytes))).toEqual([]);
    expect(untypedParts(partsOf(first.bytes))).toEqual([]);
    expect(partsOf(first.bytes).names[0]).toBe('[Content_Types].xml');
  });

  it('has a schema that takes dates of the calendar only', () => {
    const rows = (date: string) => [[{ kind: 'date', date }]];
    const workbook = { title: '', language: 'en' };
    const parse = (date: string) =>
      Workbook.safeParse({
        ...workbook,
        sheets: [{ name: 'A', columns: [column('D')], rows: rows(date) }],
      }).success;

    expect([parse('2024-02-29'), parse('2023-02-29'), parse('=A1')]).toEqual([true, false, false]);
  });

  const soffice = findSoffice();
  const withSoffice = soffice === undefined ? it.skip : it;
  withSoffice('opens in LibreOffice (skipped where soffice is not installed)', async () => {
    const { bytes } = await writeXlsx(
      workbookOf({
        columns: [column('Name'), { ...column('Net', 'decimal'), total: 'sum' }],
        rows: [
          [text('=1+1'), number(1.5)],
          [text('b'), number(2.25)],
        ],
      }),
    );

    const pages = await pdfPages(await convertToPdf(soffice ?? '', bytes, 'xlsx'));

    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('=1+1');
    expect(pages[0]).toContain('3.75');
  });
});
