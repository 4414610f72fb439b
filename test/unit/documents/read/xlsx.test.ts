import { describe, expect, it } from '@jest/globals';
import {
  rangeOf,
  readSheet,
  readWorkbook,
  sheetOutline,
  warningCodesOf,
} from '../../../support/read-workbook.ts';
import { externalLink, part, relationship, row } from '../../../support/workbook-files.ts';

describe('Cells of a workbook', () => {
  it('are shown as Excel shows them, with their types and exact numbers', async () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c>',
      '<c r="B1" s="1"><v>0.125</v></c>',
      '<c r="C1" s="2"><v>1234.5</v></c>',
      '<c r="D1" t="b"><v>1</v></c>',
      '<c r="E1" t="e"><v>#N/A</v></c>',
      '<c r="F1"><v>0.30000000000000004</v></c>',
      '<c r="G1" t="str"><f>"a"&amp;B1</f><v>a_x000D_b</v></c>',
      '<c r="H1" s="3"><v>1.0625</v></c>',
    ];
    const { units } = await readSheet(
      { rows: row(1, cells) },
      {
        strings: '<si><r><t>Rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>NO</t></rPh></si>',
        numberFormats:
          '<numFmt numFmtId="170" formatCode="[$€-407]\\ #,##0.00"/><numFmt numFmtId="171" formatCode="[h]:mm"/>',
        formatIds: [10, 170, 171],
      },
    );

    expect(units[0]?.text).toBe(
      'Rich text | 12.50% | € 1,234.50 | TRUE | #N/A | 0.3 | a b | 25:30',
    );
    expect(units[0]?.table).toMatchObject({
      types: 'snnbensn',
      numbers: { 1: 0.125, 2: 1234.5, 5: 0.30000000000000004, 7: 1.0625 },
      formulas: { 6: '"a"&B1' },
    });
  });

  it.each([
    { epoch: '1900', format: 14, serial: 1, date: '1900-01-01' },
    { epoch: '1900', format: 14, serial: 59, date: '1900-02-28' },
    { epoch: '1900', format: 14, serial: 60, date: '1900-02-29' },
    { epoch: '1900', format: 14, serial: 61, date: '1900-03-01' },
    { epoch: '1900', format: 22, serial: 45_351.75, date: '2024-02-29T18:00:00' },
    { epoch: '1900', format: 21, serial: 0.999999, date: '00:00:00' },
    { epoch: '1900', format: 20, serial: 0.25, date: '06:00:00' },
    { epoch: '1904', format: 14, serial: 0, date: '1904-01-01' },
    { epoch: '1904', format: 14, serial: 43_889, date: '2024-02-29' },
    { epoch: '1900', format: 14, serial: 2_958_465, date: '9999-12-31' },
  ])('are dates: $serial since $epoch as $date', async ({ epoch, format, serial, date }) => {
    const cell = `<c r="A1" s="1"><v>${serial}</v></c>`;
    const properties = epoch === '1904' ? 'date1904="1"' : '';
    const { units } = await readSheet(
      { rows: row(1, [cell]) },
      { properties, formatIds: [format] },
    );

    expect(units[0]?.table).toMatchObject({ cells: [date], types: 'd' });
  });

  it('stay numbers where no program shows a date', async () => {
    const cells = ['<c r="A1" s="1"><v>-1</v></c>', '<c r="B1" s="1"><v>99999999</v></c>'];
    const { units } = await readSheet({ rows: row(1, cells) }, { formatIds: [14] });

    expect(units[0]?.table).toMatchObject({ cells: ['-1', '99999999'], types: 'nn' });
  });

  it('keep the text of a format that shows nothing apart', async () => {
    const rows = row(1, ['<c r="A1" s="1"><v>42</v></c>', 'shown']);
    const document = await readSheet(
      { rows },
      { numberFormats: '<numFmt numFmtId="170" formatCode=";;;"/>', formatIds: [170] },
    );

    expect(document.units.map(({ text }) => text)).toEqual(['shown']);
    expect(document.hidden).toMatchObject([{ text: '42', locator: { range: 'A1' } }]);
    expect(warningCodesOf(document)).toContain('hidden-text 1');
  });
});

describe('Formulas of a workbook', () => {
  it('that are shared read in every cell as if written there', async () => {
    const rows = [
      row(1, [
        '<c r="A1"><f t="shared" si="0" ref="A1:A2">B1+$C$1+Log10(D1)&amp;"B1"</f><v>1</v></c>',
      ]),
      row(2, ['<c r="A2"><f t="shared" si="0"/><v>2</v></c>']),
    ];
    const { units } = await readSheet({ rows: rows.join('') });

    expect(units[1]?.table?.formulas).toEqual({ 0: 'B2+$C$1+Log10(D2)&"B1"' });
  });

  it('without a saved value are shown themselves, with a warning', async () => {
    const document = await readSheet({ rows: row(1, ['Sum', '<c r="B1"><f>SUM(B2:B9)</f></c>']) });

    expect(document.units[0]?.text).toBe('Sum | =SUM(B2:B9)');
    expect(document.warnings).toMatchObject([
      { code: 'no-cached-value', count: 1, locator: { range: 'B1' } },
    ]);
  });
});

describe('Tables of a workbook', () => {
  it('end at blank rows, with titles above and headers over typed columns', async () => {
    const rows = [
      row(1, ['Costs 2026']),
      row(2, ['Item', 'Amount']),
      row(3, ['Rent', 900]),
      row(5, ['', 'left out of line']),
      row(6, ['x', 'y']),
    ];
    const { units } = await readSheet({ rows: rows.join('') });

    expect(
      units.map(({ kind, table }) => [kind, table?.table, table?.row, table?.isHeader]),
    ).toEqual([
      ['caption', undefined, undefined, undefined],
      ['table-row', 1, 1, true],
      ['table-row', 1, 2, false],
      ['caption', undefined, undefined, undefined],
      ['table-row', 2, 1, false],
    ]);
    expect(units.map(rangeOf)).toEqual(['A1', 'A2:B2', 'A3:B3', 'B5', 'A6:B6']);
  });

  it('are those the file names, apart from what stands beside them', async () => {
    const { units } = await readSheet(
      {
        rows: row(1, ['Name', 'City', '', 'beside']) + row(2, ['Ada', 'London']),
        relationships: relationship('r1', 'table', 'list.xml'),
      },
      { files: { 'content/list.xml': part('table', '').replace('<table', '<table ref="A1:B2"') } },
    );

    expect(units.map(({ text, table }) => [text, table?.isHeader])).toEqual([
      ['Name | City', true],
      ['Ada | London', false],
      ['beside', undefined],
    ]);
  });

  it('say which cells are merged, cut off where the table ends', async () => {
    const { units } = await readSheet({
      rows: row(1, ['a', '', 'c']) + row(2, ['d', 'e', 'f']),
      after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    });

    expect(units[0]?.table?.merges).toEqual([{ column: 0, columns: 3, rows: 2 }]);
  });
});

describe('What is hidden in a workbook', () => {
  it('is read and marked: rows, columns as a table of their own, sheets', async () => {
    const document = await readWorkbook({
      sheets: [
        {
          name: 'Open',
          before: '<cols><col min="2" max="2" hidden="1"/></cols>',
          rows: row(1, ['Item', 'Margin', 'Price']) + row(2, ['Pen', 7, 9], 'hidden="1"'),
        },
        { name: 'Secret', state: 'veryHidden', rows: row(1, ['why']) },
      ],
    });

    expect(document.units.map(({ text, isHidden = false }) => [text, isHidden])).toEqual([
      ['Open', false],
      ['Item | | Price', false],
      ['Pen | | 9', true],
      ['Margin', true],
      ['7', true],
      ['Secret', true],
      ['why', true],
    ]);
    expect(warningCodesOf(document)).toEqual([
      'hidden-content 1',
      'hidden-content 1',
      'hidden-content 1',
    ]);
  });
});

describe('What stands beside the cells of a workbook', () => {
  it('is read where a reader finds it: remarks, answers, links, page headers, names', async () => {
    const threads =
      '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="B1" personId="p"><text>Agreed?</text></threadedComment></ThreadedComments>';
    const persons =
      '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person id="p" displayName="Eve"/></personList>';
    const document = await readSheet(
      {
        rows: row(1, ['', 'B', 'C']) + row(2, ['x', 'y']),
        after:
          '<hyperlinks><hyperlink ref="C1" r:id="l"/></hyperlinks><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Draft &amp;A&amp;R&amp;P</oddHeader></headerFooter>',
        relationships:
          relationship('c', 'comments', 'notes.xml') +
          relationship('h', 'threadedComment', 'threads.xml') +
          externalLink('l', 'https://example.org/'),
      },
      {
        relationships: relationship('p', 'person', 'persons.xml'),
        definedNames:
          '<definedName name="Rate">Sheet1!$B$2</definedName><definedName name="_xlnm.Print_Area">Sheet1!$A$1</definedName>',
        files: {
          'content/notes.xml': part(
            'comments',
            '<authors><author>Ada</author><author>tc={1}</author></authors><commentList><comment ref="A2" authorId="0"><text><r><t>Check </t></r><r><t>this</t></r></text></comment><comment ref="B1" authorId="1"><text><t>copy</t></text></comment></commentList>',
          ),
          'content/threads.xml': threads,
          'content/persons.xml': persons,
        },
      },
    );

    expect(sheetOutline(document)).toEqual([
      'page-header A1:C2 Draft Sheet1',
      'table-row A1:C1 | B | C',
      'comment B1 Agreed?',
      'table-row A2:B2 x | y',
      'comment A2 Check this',
      'paragraph B2 Rate = Sheet1!$B$2',
    ]);
    expect(document.units.map(({ author }) => author)).toEqual([
      ...[undefined, undefined, 'Eve', undefined, 'Ada', undefined],
    ]);
    expect(document.units[1]?.links).toEqual([{ from: 6, to: 7, target: 'https://example.org/' }]);
  });

  it('is the text of shapes and charts, and a count of what is not read', async () => {
    const namespaces =
      'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
    const cache = (points: string) => `<c:strRef><c:strCache>${points}</c:strCache></c:strRef>`;
    const document = await readSheet(
      {
        rows: row(1, [1]),
        relationships:
          relationship('d', 'drawing', 'pictures.xml') + relationship('o', 'oleObject', 'x.bin'),
      },
      {
        relationships: relationship('v', 'vbaProject', 'macros.bin'),
        files: {
          'content/pictures.xml': `<xdr:wsDr ${namespaces}><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:grpSp><xdr:sp><xdr:txBody><a:p><a:r><a:t>In a </a:t></a:r><a:r><a:t>box</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:grpSp></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:graphicFrame><c:chart r:id="k"/></xdr:graphicFrame><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>`,
          'content/_rels/pictures.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationship('k', 'chart', 'curve.xml')}</Relationships>`,
          'content/curve.xml': `<c:chartSpace ${namespaces}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx>${cache('<c:pt idx="0"><c:v>2026</c:v></c:pt>')}</c:tx><c:cat>${cache('<c:pt idx="0"><c:v>Q1</c:v></c:pt><c:pt idx="1"><c:v>Q2</c:v></c:pt>')}</c:cat><c:val><c:numRef><c:numCache><c:pt idx="1"><c:v>12</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`,
        },
      },
    );

    expect(sheetOutline(document).slice(1)).toEqual([
      'paragraph C5 In a box',
      'chart A1 Sales',
      'chart A1 2026: Q1; Q2 = 12',
    ]);
    expect(warningCodesOf(document).sort()).toEqual([
      'embedded-object 1',
      'image 1',
      'unsupported-part 1',
    ]);
  });
});
