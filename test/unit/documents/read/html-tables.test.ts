import { describe, expect, it } from '@jest/globals';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

function read(html: string): Promise<Document> {
  return readDocument(sourceFile('a.html', html), DocumentFormat.options);
}

describe('tables of HTML', () => {
  it('have every cell in its column and say which are merged', async () => {
    const { units } = await read(
      `<table><thead><tr><th>A<td>B<td>C</thead>
      <tr><td rowspan=2>x<td colspan=2>y</tr><tr><td>z<td>w</tr>
      <tr><td colspan=2 rowspan=9>big<td>1</tr><tr><td>2</tr>
      <tbody><tr><td>p<td>q<td rowspan=0>r</tr></table>`,
    );

    expect(units.map(({ table }) => [table?.cells, table?.isHeader, table?.merges])).toEqual([
      [['A', 'B', 'C'], true, undefined],
      [
        ['x', 'y', ''],
        false,
        [
          { column: 0, columns: 1, rows: 2 },
          { column: 1, columns: 2, rows: 1 },
        ],
      ],
      [['', 'z', 'w'], false, undefined],
      [['big', '', '1'], false, [{ column: 0, columns: 2, rows: 2 }]],
      [['', '', '2'], false, undefined],
      [['p', 'q', 'r'], false, undefined],
    ]);
    expect(units.map(({ table }) => table?.row)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('within a cell follow the row, with a number of their own', async () => {
    const { units } = await read(
      '<table><tr><th>A<th>B</tr><tr><td>a<td>b <table><tr><th>C<th>D</tr></table> more</tr><tr><td>c<td>d</tr></table>',
    );

    expect(units.map(({ text, table }) => [text, table?.table, table?.row])).toEqual([
      ['A | B', 1, 1],
      ['a | b more', 1, 2],
      ['C | D', 2, 1],
      ['c | d', 1, 3],
    ]);
  });

  it('that only lay a page out are the blocks in their cells', async () => {
    const document = await read(
      '<table><tr><td><h1>News</h1><p>One</p></td><td><table role="presentation"><tr><td>Left<td>Right</table></td></tr></table>',
    );

    expect(document.units.map(({ kind, text }) => `${kind} · ${text}`)).toEqual([
      'heading · News',
      'paragraph · One',
      'paragraph · Left',
      'paragraph · Right',
    ]);
  });

  it('whose spans stand for millions of cells are refused', async () => {
    const rows = '<tr>'.concat('<td colspan=1000 rowspan=60000>x'.repeat(20), '</tr>');

    await expect(read(`<table>${rows}${'<tr><td>y'.repeat(5_000)}</table>`)).rejects.toMatchObject({
      code: 'file_too_complex',
    });
  });
});
