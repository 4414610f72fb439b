import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../support/read-document.ts';
import { odsFile } from '../../../support/workbook-files.ts';

const read = (...parts: Parameters<typeof odsFile>) => readDocument(odsFile(...parts), ['ods']);

function table(rows: string, name = 'Sheet1', attributes = ''): string {
  return `<table:table table:name="${name}" ${attributes}>${rows}</table:table>`;
}

function cell(text: string, attributes = ''): string {
  return `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
}

describe('A spreadsheet of OpenDocument', () => {
  it('is read with the types, exact values and formulas of its cells', async () => {
    const rows = `<table:table-row>${[
      cell('Name', 'office:value-type="string"'),
      cell('12.5 %', 'office:value-type="percentage" office:value="0.125"'),
      cell('31.01.24', 'office:value-type="date" office:date-value="2024-01-31T00:00:00"'),
      cell('10:30', 'office:value-type="time" office:time-value="PT10H30M00S"'),
      cell('WAHR', 'office:value-type="boolean" office:boolean-value="true"'),
      cell(
        '3',
        'office:value-type="float" office:value="3" table:formula="of:=SUM([.A1:.B2];[$Other.C1])"',
      ),
      cell('#N/A', 'office:value-type="string" calcext:value-type="error"'),
    ].join('')}</table:table-row>`;
    const { units } = await read(table(rows));

    expect(units[0]?.table).toMatchObject({
      cells: ['Name', '12.5 %', '2024-01-31', '10:30:00', 'TRUE', '3', '#N/A'],
      types: 'snddbne',
      numbers: { 1: 0.125 },
      formulas: { 5: 'SUM(A1:B2;Other!C1)' },
    });
  });

  it('follows repeats with content and counts over those without', async () => {
    const rows = [
      `<table:table-row table:number-rows-repeated="2">${cell('x', 'table:number-columns-repeated="3"')}<table:table-cell table:number-columns-repeated="16381"/></table:table-row>`,
      '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>',
      `<table:table-row>${cell('end')}</table:table-row>`,
      '<table:table-row table:number-rows-repeated="9999999"><table:table-cell table:number-columns-repeated="99999"/></table:table-row>',
    ];
    const { units } = await read(table(rows.join('')));

    expect(units.map(({ text, locator }) => [text, 'range' in locator && locator.range])).toEqual([
      ['x | x | x', 'A1:C1'],
      ['x | x | x', 'A2:C2'],
      ['end', 'A1000003'],
    ]);
  });

  it('is refused where repeats of content are without measure', async () => {
    const rows = `<table:table-row table:number-rows-repeated="1048576">${cell('x', 'table:number-columns-repeated="16384"')}</table:table-row>`;

    await expect(read(table(rows))).rejects.toMatchObject({ code: 'file_too_complex' });
  });

  it('marks what is hidden and keeps remarks with their author behind the row', async () => {
    const remark =
      '<office:annotation><dc:creator>Ada</dc:creator><dc:date>2026-01-01</dc:date><text:p>Why?</text:p></office:annotation>';
    const sheets = [
      table(
        `<table:table-row table:visibility="collapse"><table:table-cell>${remark}<text:p>a<text:s text:c="2"/>b</text:p></table:table-cell></table:table-row><table:table-row>${cell('c')}</table:table-row>`,
        'One',
      ),
      table(`<table:table-row>${cell('d')}</table:table-row>`, 'Two', 'table:style-name="off"'),
    ];
    const document = await read(sheets.join(''), {
      styles:
        '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>',
    });

    expect(
      document.units.map(({ kind, text, author, isHidden = false }) => [
        kind,
        text,
        author,
        isHidden,
      ]),
    ).toEqual([
      ['heading', 'One', undefined, false],
      ['table-row', 'a b', undefined, true],
      ['comment', 'Why?', 'Ada', false],
      ['table-row', 'c', undefined, false],
      ['heading', 'Two', undefined, true],
      ['caption', 'd', undefined, true],
    ]);
    expect(document.warnings.map(({ code }) => code)).toEqual(['hidden-content', 'hidden-content']);
  });

  it('has its text boxes and charts read, and says what it leaves out', async () => {
    const shapes =
      '<table:shapes><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame><draw:frame><draw:image/></draw:frame></table:shapes>';
    const chart =
      '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><chart:chart><chart:title><text:p>Sales</text:p></chart:title><table:table><table:table-row><table:table-cell/><table:table-cell><text:p>2026</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Q1</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:document-content>';
    const document = await read(table(`${shapes}<table:table-row>${cell('x')}</table:table-row>`), {
      files: { 'Object 1/content.xml': chart },
    });

    expect(document.units.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      ...['caption x', 'paragraph In a box', 'chart Sales', 'chart 2026: Q1 = 12'],
    ]);
    expect(document.warnings.map(({ code }) => code)).toEqual(['image']);
  });

  it('is refused where it is encrypted', async () => {
    const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>';

    await expect(read('', { manifest })).rejects.toMatchObject({ code: 'password_protected' });
  });
});
