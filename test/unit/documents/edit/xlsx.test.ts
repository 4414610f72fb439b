import { describe, expect, it } from '@jest/globals';
import type { EditableFile } from '#shared/documents/edit/segments.ts';
import { openXlsxForEdit } from '#shared/documents/edit/xlsx.ts';
import {
  changedParts,
  chartPart,
  makeXlsx,
  partOf,
  tablePart,
} from '../../../support/edit-files.ts';

const sheet = 'book/one.xml';
const words = 'book/words.xml';

describe('Rewriting the text of a workbook in place', () => {
  it('makes one segment of a shared string, at the first cell that shows it', () => {
    const rows = row(1, shared('B1', 1)) + row(2, shared('A2', 1) + shared('B2', 0));
    const file = makeXlsx(rows, { strings: [text('Rent'), text('Total'), text('Unused')] });

    expect(textSegments(openXlsxForEdit(file))).toEqual([
      segment(`${words}#1`, 'Rent', 'B2'),
      segment(`${words}#2`, 'Total', 'B1'),
    ]);
  });

  it('tags runs of rich text and drops how the old text is pronounced', () => {
    const rich =
      '<r><t>The net </t></r><r><rPr><b/></rPr><t>price</t></r><rPh sb="0" eb="1"><t>ne</t></rPh>';
    const before = makeXlsx(row(1, shared('A1', 0)), { strings: [rich] });

    const after = rewrite(before, { 'The net <g1>price</g1>': '<g1>Preis</g1> netto' });
    const same = openXlsxForEdit(before, { isForced: true });

    expect(changedParts(before, after)).toEqual([words]);
    expect(partOf(after, words)).toContain(
      '<si><r><rPr><b/></rPr><t>Preis</t></r><r><t xml:space="preserve"> netto</t></r></si>',
    );
    expect(
      changedParts(
        before,
        same.write(new Map(same.segments.map(({ id, text: own }) => [id, own]))),
      ),
    ).toEqual([]);
  });

  it('rewrites strings within cells, and neither numbers nor formulas', () => {
    const rows = row(
      1,
      `<c r="A1" t="inlineStr"><is><t>Rent</t></is></c><c r="B1"><v>12</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>Rentx</v></c>`,
    );
    const before = makeXlsx(rows);

    const after = rewrite(before, { Rent: ' Miete\n2026 _x0041_' });

    expect(textSegments(openXlsxForEdit(before))).toEqual([segment(`${sheet}#1`, 'Rent', 'A1')]);
    expect(partOf(after, sheet)).toBe(
      partOf(before, sheet).replace(
        '<t>Rent</t>',
        '<t xml:space="preserve"> Miete\n2026 _x005F_x0041_</t>',
      ),
    );
  });

  it('keeps texts that formulas compare with, and says how many', () => {
    const rows =
      row(1, shared('A1', 0) + shared('B1', 1)) +
      row(2, '<c r="A2"><f>IF(A1="YES",1,0)</f><v>1</v></c>');
    const file = openXlsxForEdit(makeXlsx(rows, { strings: [text('Yes'), text('Rent')] }));

    expect(textSegments(file).map((each) => each.text)).toEqual(['Rent']);
    expect(file.untouched).toEqual([
      { reason: 'cells with a text that formulas compare with', count: 1 },
    ]);
  });

  it('names the columns of a table as its header cells are', () => {
    const before = tableFile('');

    const after = rewrite(before, { Item: 'Posten', Price: 'posten' });

    expect(changedParts(before, after)).toEqual([words, 'book/part1.xml']);
    expect(partOf(after, 'book/part1.xml')).toContain(
      'name="Posten"/><tableColumn id="2" name="posten2"',
    );
    expect(partOf(after, words)).toContain('<t>Posten</t></si><si><t>posten2</t>');
  });

  it('keeps a header that a formula refers to', () => {
    const file = openXlsxForEdit(tableFile(row(3, '<c r="A3"><f>SUM(T[Price])</f><v>1</v></c>')));

    expect(textSegments(file).map((each) => each.text)).toEqual(['Item']);
    expect(file.untouched).toEqual([{ reason: 'table headers that formulas refer to', count: 1 }]);
  });

  it('takes the codes of headers and footers for tags', () => {
    const rest =
      '<headerFooter><oddFooter>&amp;L&amp;"Arial,Bold"&amp;12R&amp;&amp;D&amp;RPage &amp;P</oddFooter></headerFooter>';
    const before = makeXlsx('', { rest });

    const after = rewrite(before, {
      '<x1/><x2/><x3/>R&amp;D<x4/>Page <x5/>': '<x1/><x2/><x3/>1 & 2<x4/>Seite <x5/>',
    });

    expect(partOf(after, sheet)).toContain(
      '<oddFooter>&amp;L&amp;"Arial,Bold"&amp;12 1 &amp;&amp; 2&amp;RSeite &amp;P</oddFooter>',
    );
  });

  it('finds comments, shapes and chart titles, and keeps what a chart repeats of a cell in step', () => {
    const names =
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:xdr="xdr"';
    const anchored = `<xdr:wsDr ${names}><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="S"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>Look</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`;
    const comments =
      '<comments><commentList><comment ref="B7"><text><t>Why?</t></text></comment></commentList></comments>';
    const before = makeXlsx(row(1, shared('A1', 0)), {
      strings: [text('North')],
      linked: [
        ['comments', comments],
        ['drawing', anchored],
      ],
      more: {
        links: { 'book/part2.xml': [['chart', 'chart.xml']] },
        parts: { 'book/chart.xml': chartPart('Growth', 'North') },
      },
    });

    const after = rewrite(before, { North: 'Nord', Growth: 'Wachstum' });

    expect(textSegments(openXlsxForEdit(before))).toEqual([
      segment(`${words}#1`, 'North', 'A1'),
      { ...segment('book/part1.xml#1', 'Why?', 'B7'), kind: 'comment' },
      { ...segment('book/part2.xml#1', 'Look', 'C5'), kind: 'paragraph' },
      { ...segment('book/chart.xml#1', 'Growth', 'A1'), kind: 'chart-text' },
    ]);
    expect(changedParts(before, after)).toEqual([words, 'book/chart.xml']);
    expect(partOf(after, 'book/chart.xml')).toContain('<c:v>Nord</c:v>');
  });
});

function row(number: number, cells: string): string {
  return `<row r="${number}">${cells}</row>`;
}

function shared(cell: string, index: number): string {
  return `<c r="${cell}" t="s"><v>${index}</v></c>`;
}

function text(content: string): string {
  return `<t>${content}</t>`;
}

function tableFile(rows: string): Uint8Array {
  return makeXlsx(row(1, shared('A1', 0) + shared('B1', 1)) + rows, {
    strings: [text('Item'), text('Price')],
    linked: [['table', tablePart('A1:B2', ['Item', 'Price'])]],
  });
}

function segment(id: string, content: string, range: string) {
  return { id, kind: 'cell', text: content, place: { kind: 'sheet', sheet: 'Costs', range } };
}

function rewrite(bytes: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const file = openXlsxForEdit(bytes);
  return file.write(new Map(file.segments.map(({ id, text: own }) => [id, texts[own] ?? own])));
}

/** Names of sheets have tests of their own. */
function textSegments({ segments }: EditableFile): EditableFile['segments'] {
  return segments.filter(({ kind }) => kind !== 'sheet-name');
}
