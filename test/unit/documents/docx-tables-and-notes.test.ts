import { describe, expect, it } from '@jest/globals';
import type { Unit } from '#shared/domain/document.ts';
import { cell, row, textsOf, unitsOf, warningsOf } from '../../support/docx-content.ts';
import { paragraph, run } from '../../support/office-files.ts';

describe('readDocx: tables', () => {
  it('gives a unit for each row, the first as header', async () => {
    const body = `<w:tbl>${row(['Name', 'Cost'])}${row(['Pen', '3'])}</w:tbl><w:tbl>${row(['Only'])}</w:tbl>`;

    const units = await unitsOf({ body });

    expect(units.map(({ text, table }) => [text, table])).toEqual([
      ['Name | Cost', { table: 1, row: 1, isHeader: true, cells: ['Name', 'Cost'] }],
      ['Pen | 3', { table: 1, row: 2, isHeader: false, cells: ['Pen', '3'] }],
      ['Only', { table: 2, row: 1, isHeader: false, cells: ['Only'] }],
    ]);
  });

  it('believes rows that are marked as headers', async () => {
    const marked = row(['Unit'], '<w:tblHeader/>');
    const units = await unitsOf({ body: `<w:tbl>${marked}${marked}${row(['x'])}</w:tbl>` });

    expect(units.map((unit) => unit.table?.isHeader)).toEqual([true, true, false]);
  });

  it('keeps columns in place where cells are merged', async () => {
    const merge = (kind: string) => `<w:vMerge w:val="${kind}"/>`;
    const first = `<w:tr>${cell(paragraph('a'), '<w:gridSpan w:val="2"/>')}${cell(paragraph('b'), merge('restart'))}</w:tr>`;
    const second = `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell(paragraph('c'))}${cell(paragraph(''), merge('continue'))}</w:tr>`;

    const units = await unitsOf({ body: `<w:tbl>${first}${second}</w:tbl>` });

    expect(units.map((unit) => unit.table?.cells)).toEqual([
      ['a', '', 'b'],
      ['', 'c', ''],
    ]);
  });

  it('flattens what is in a cell, nested tables and numbers of lists included', async () => {
    const numbering = `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`;
    const listed = paragraph('item', '<w:numPr><w:numId w:val="1"/></w:numPr>');
    const nested = `<w:tbl>${row(['in', 'side'])}</w:tbl>`;

    const body = `<w:tbl><w:tr>${cell(listed + nested + paragraph('end'))}</w:tr></w:tbl>`;

    expect(await textsOf({ body, numbering })).toEqual(['4. item in side end']);
  });

  it('leaves out rows without text and rows that were deleted', async () => {
    const body = `<w:tbl>${row(['a'])}${row(['', ''])}${row(['gone'], '<w:del/>')}${row(['b'])}</w:tbl>`;

    expect(await textsOf({ body })).toEqual(['a', 'b']);
    expect(await warningsOf({ body })).toEqual([['deleted-text', 1]]);
  });

  it('does not make cells without end of a hostile span', async () => {
    const wide = cell(paragraph('a'), '<w:gridSpan w:val="99999"/>');

    const units = await unitsOf({ body: `<w:tbl><w:tr>${wide.repeat(40)}</w:tr></w:tbl>` });

    expect(units[0]?.table?.cells.length).toBeLessThan(150);
  });
});

describe('readDocx: notes', () => {
  const note = (kind: string, id: number, text: string) =>
    `<w:${kind} w:id="${id}">${paragraph(text)}</w:${kind}>`;
  const reference = (kind: string, id: number, more = '') =>
    `<w:r><w:${kind}Reference w:id="${id}" ${more}/></w:r>`;
  const footnotes = `${note('footnote', 0, '')}${note('footnote', 5, 'five')}${note('footnote', 2, 'two')}${note('footnote', 3, 'unused')}`;
  const shown = (units: readonly Unit[]) => units.map((unit) => [unit.kind, unit.text, unit.note]);

  it('puts notes behind what refers to them, numbered in that order', async () => {
    const body = `<w:p>${run('a')}${reference('footnote', 5)}</w:p><w:p>${run('b')}${reference('footnote', 2)}</w:p>`;

    const units = await unitsOf({ body, footnotes });

    expect(shown(units)).toEqual([
      ['paragraph', 'a', undefined],
      ['footnote', 'five', '1'],
      ['paragraph', 'b', undefined],
      ['footnote', 'two', '2'],
    ]);
    expect(units[3]?.locator).toEqual({
      kind: 'docx',
      part: 'footnote',
      paragraph: 3,
      headingPath: [],
    });
  });

  it('puts notes of a table behind the table', async () => {
    const body = `<w:tbl><w:tr>${cell(`<w:p>${run('a')}${reference('footnote', 5)}</w:p>`)}</w:tr>${row(['b'])}</w:tbl>`;

    expect(await textsOf({ body, footnotes })).toEqual(['a', 'b', 'five']);
  });

  it('numbers endnotes and footnotes apart, as the settings say', async () => {
    const endnotes = note('endnote', 2, 'end');
    const settings =
      '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>';
    const body = `<w:p>${run('a')}${reference('footnote', 5)}${reference('endnote', 2)}</w:p>`;

    expect(shown(await unitsOf({ body, footnotes, endnotes, settings })).slice(1)).toEqual([
      ['footnote', 'five', 'c'],
      ['footnote', 'end', 'i'],
    ]);
  });

  it('does not count notes with a mark of their own or in deleted text', async () => {
    const body = `<w:p>${run('a')}<w:del>${reference('footnote', 3)}</w:del>${reference('footnote', 5, 'w:customMarkFollows="1"')}${reference('footnote', 2)}</w:p>`;

    expect(shown(await unitsOf({ body, footnotes })).slice(1)).toEqual([
      ['footnote', 'five', undefined],
      ['footnote', 'two', '1'],
    ]);
  });
});
