import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { type CellText, fillCells } from '#shared/documents/edit/xlsx/fill-cells.ts';
import { readDocument } from '../../support/read-document.ts';
import { row, workbookFile } from '../../support/workbook-files.ts';

const sheetPart = 'content/tab0.xml';
const rows = `${row(1, ['Question', 'Answer'])}<row r="2" spans="1:2" ht="15">
<c r="A2" s="1" t="inlineStr"><is><t>Who?</t></is></c><c r="B2" s="2"/></row><row r="3" ht="40" customHeight="1"><c r="A3" t="inlineStr"><is><t>Where?</t></is></c><c r="C3"><f>LEN(A3)</f><v>6</v></c></row><row r="6"/><row r="8"><c r="A8"><v>8</v></c></row>`;
const file = workbookFile({
  formatIds: [0, 0, 0],
  sheets: [
    {
      name: 'Ask',
      before: '<dimension ref="A1:C8"/><cols><col min="5" max="5" style="3"/></cols>',
      rows,
    },
    { name: 'Other', rows: row(1, ['untouched']) },
  ],
});
const partsOf = (bytes: Uint8Array) => unzipSync(bytes);
const textOf = (bytes: Uint8Array, part = sheetPart) =>
  new TextDecoder().decode(partsOf(bytes)[part]);
const fill = (texts: readonly CellText[]) => textOf(fillCells(file.bytes, texts).bytes);

describe('fillCells', () => {
  it('fills an empty cell and keeps its style', () => {
    expect(fill([{ sheet: 'Ask', cell: 'B2', text: 'We' }])).toContain(
      '<c r="B2" s="2" t="inlineStr"><is><t xml:space="preserve">We</t></is></c>',
    );
  });

  it('adds cells and rows where they belong', () => {
    const xml = fill(
      ['B3', 'D3', 'B5', 'B6', 'A9', 'B8'].map((cell) => ({ sheet: 'Ask', cell, text: cell })),
    );

    expect([...xml.matchAll(/<c r="([A-Z]\d)"/g)].map(([, name]) => name)).toEqual([
      'A1',
      'B1',
      'A2',
      'B2',
      'A3',
      'B3',
      'C3',
      'D3',
      'B5',
      'B6',
      'A8',
      'B8',
      'A9',
    ]);
    expect([...xml.matchAll(/<row r="(\d)"/g)].map(([, name]) => name)).toEqual([
      '1',
      '2',
      '3',
      '5',
      '6',
      '8',
      '9',
    ]);
  });

  it('widens what the sheet and the row say of their range', () => {
    const xml = fill([{ sheet: 'Ask', cell: 'F2', text: 'x' }]);

    expect(xml).toContain('<dimension ref="A1:F8"/>');
    expect(xml).toContain('spans="1:6"');
  });

  it('makes a row high enough for its new text, unless somebody has set its height', () => {
    const long = 'word '.repeat(60);
    const xml = fill([
      { sheet: 'Ask', cell: 'B2', text: long },
      { sheet: 'Ask', cell: 'B3', text: long },
      { sheet: 'Ask', cell: 'B8', text: long },
    ]);

    expect(xml).toContain('<row r="2" spans="1:2" ht="90">');
    expect(xml).toContain('ht="40" customHeight="1"');
    expect(xml).toContain('<row r="8">');
    expect(fill([{ sheet: 'Ask', cell: 'B2', text: 'short' }])).toContain('ht="15"');
  });

  it('sets the height of a row without one only in files of Excel, whose rows are all fitted', () => {
    const relationship = '<Relationship Id="r9" Type="x/extended-properties" Target="app.xml"/>';
    const rels = textOf(file.bytes, '_rels/.rels').replace(
      '</Relationships>',
      `${relationship}</Relationships>`,
    );
    const app = '<Properties><Application>Microsoft Excel</Application></Properties>';
    const book = workbookFile({
      sheets: [{ name: 'Ask', rows: row(1, ['x']) }],
      files: { '_rels/.rels': rels, 'app.xml': app },
    });
    const { bytes } = fillCells(book.bytes, [{ sheet: 'Ask', cell: 'B1', text: 'a\nb\nc' }]);

    expect(textOf(bytes)).toContain('<row r="1" ht="45">');
  });

  it('gives a new cell the style of its column, or of the cell that it is to look like', () => {
    expect(fill([{ sheet: 'Ask', cell: 'E2', text: 'x', styleOf: 'A2' }])).toContain(
      '<c r="E2" s="3"',
    );
    expect(fill([{ sheet: 'Ask', cell: 'D2', text: 'x', styleOf: 'A2' }])).toContain(
      '<c r="D2" s="1"',
    );
  });

  it('shows a long text in several lines, in a column that is wide enough, and keeps the format otherwise', () => {
    const long = 'They are kept for thirty days, and then deleted.\nSource: policy.docx';
    const { bytes } = fillCells(file.bytes, [
      { sheet: 'Ask', cell: 'B2', text: long },
      { sheet: 'Ask', cell: 'D2', text: long, styleOf: 'A2' },
      { sheet: 'Ask', cell: 'E2', text: long },
      { sheet: 'Ask', cell: 'F2', text: 'short' },
    ]);
    const looks = textOf(bytes, 'content/looks.xml');
    const xml = textOf(bytes);

    expect(looks).toBe(
      textOf(file.bytes, 'content/looks.xml').replace(
        '</cellXfs>',
        `${'<xf numFmtId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'.repeat(3)}</cellXfs>`,
      ),
    );
    expect(xml).toContain('<c r="B2" s="4" t="inlineStr">');
    expect(xml).toContain('<c r="D2" s="5" t="inlineStr">');
    expect(xml).toContain('<c r="E2" s="6" t="inlineStr">');
    expect(xml).toContain('<c r="F2" t="inlineStr">');
    expect(xml).toContain(
      '<cols><col min="2" max="2" width="60" customWidth="1"/><col min="4" max="4" width="60" customWidth="1"/><col min="5" max="5" style="3"/></cols>',
    );
  });

  it('adds a format once, keeps its alignment, and none where the text is in several lines already', () => {
    const looks =
      '<cellXfs count="2"><xf numFmtId="0" applyAlignment="0"><alignment horizontal="center"/><protection locked="0"/></xf><xf><alignment wrapText="1"/></xf></cellXfs>';
    const part = (content: string) =>
      `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${content}</styleSheet>`;
    const rows = '<row r="1"><c r="A1" s="0"/><c r="B1" s="0"/><c r="C1" s="1"/></row>';
    const book = workbookFile({
      sheets: [{ name: 'Ask', rows }],
      files: { 'content/looks.xml': part(looks) },
    });
    const { bytes } = fillCells(
      book.bytes,
      ['A1', 'B1', 'C1'].map((cell) => ({ sheet: 'Ask', cell, text: 'x'.repeat(50) })),
    );

    expect(textOf(bytes, 'content/looks.xml')).toBe(
      part(
        looks
          .replace('count="2"', 'count="3"')
          .replace(
            '</cellXfs>',
            '<xf numFmtId="0" applyAlignment="1"><alignment horizontal="center" wrapText="1"/><protection locked="0"/></xf></cellXfs>',
          ),
      ),
    );
    expect(
      [...textOf(bytes).matchAll(/<c r="(\w+)" s="(\d)"/g)].map(([, , style]) => style),
    ).toEqual(['2', '2', '1']);
    expect(textOf(bytes)).toContain('<cols><col min="1" max="1" width="60" customWidth="1"/>');
  });

  it('widens a column that is too narrow to read in, and no other', () => {
    const before =
      '<cols><col min="1" max="1" width="7.2"/><col min="2" max="2" width="30"/><col min="3" max="9" width="7"/></cols>';
    const book = workbookFile({ sheets: [{ name: 'Ask', before, rows: row(1, ['x']) }] });
    const texts = ['A2', 'B2', 'C2'].map((cell) => ({ sheet: 'Ask', cell, text: 'x'.repeat(50) }));

    expect(textOf(fillCells(book.bytes, texts).bytes)).toContain(before.replace('7.2', '60'));
  });

  it('leaves every other byte of the sheet and every other part as it was', () => {
    const after = fillCells(file.bytes, [{ sheet: 'Ask', cell: 'B2', text: 'We' }]).bytes;
    const expected = textOf(file.bytes).replace(
      '<c r="B2" s="2"/>',
      '<c r="B2" s="2" t="inlineStr"><is><t xml:space="preserve">We</t></is></c>',
    );

    expect(textOf(after)).toBe(expected);
    for (const [name, bytes] of Object.entries(partsOf(file.bytes))) {
      if (name !== sheetPart) expect(partsOf(after)[name]).toEqual(bytes);
    }
  });

  it('never overwrites a formula', () => {
    expect(() => fill([{ sheet: 'Ask', cell: 'C3', text: 'x' }])).toThrow('formula');
  });

  it('refuses a sheet that is not there', () => {
    expect(() => fill([{ sheet: 'None', cell: 'A1', text: 'x' }])).toThrow('sheet of the workbook');
  });

  it('cuts a text that no cell can hold, and says so', () => {
    const { warnings, bytes } = fillCells(file.bytes, [
      { sheet: 'Ask', cell: 'B2', text: 'x'.repeat(40_000) },
    ]);

    expect(warnings).toMatchObject([{ code: 'text_cut', count: 1 }]);
    expect(textOf(bytes)).toContain('[cut: a cell cannot hold more]');
  });

  it('is read back as it was filled in, whatever the cells and texts', async () => {
    const cell = fc
      .tuple(fc.constantFrom('A', 'B', 'D', 'E', 'AA'), fc.integer({ min: 1, max: 12 }))
      .map(([column, line]) => `${column}${line}`);
    const text = fc.stringMatching(/^[a-z<>&"'=]{1,20}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(cell, text), {
          selector: ([name]) => name,
          maxLength: 8,
          minLength: 1,
        }),
        async (pairs) => {
          const { bytes } = fillCells(
            file.bytes,
            pairs.map(([name, value]) => ({ sheet: 'Ask', cell: name, text: value })),
          );
          const document = await readDocument({ ...file, bytes }, ['xlsx']);
          const all = document.units.map((unit) => unit.text).join(' | ');
          for (const [, value] of pairs) expect(all).toContain(value);
          expect(all).toContain('untouched');
        },
      ),
      { numRuns: 25 },
    );
  });
});
