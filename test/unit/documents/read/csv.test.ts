import { describe, expect, it } from '@jest/globals';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

const read = (content: string | Uint8Array) => readDocument(sourceFile('t.csv', content), ['csv']);

const cellsOf = async (content: string | Uint8Array) =>
  (await read(content)).units.map(({ table }) => table?.cells);

describe('Delimited text', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\r\n1;2\r\n'],
    ['tabs', 'a\tb\n1\t2'],
    ['bars', 'a|b\n1|2'],
    ['quotation marks', '"a","b"\n"1","2"'],
    ['apostrophes', "'a','b'\n'1','2'"],
    ['a byte-order mark', '\ufeffa,b\n1,2'],
    ['empty fields at the end', 'a,b,,\n1,2,,'],
  ])('is cut in fields with %s', async (_, content) => {
    const { units, warnings } = await read(content);

    expect(units.map(({ table }) => table?.cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(units[0]?.table?.isHeader).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('keeps decimal commas together between semicolons', async () => {
    expect(await cellsOf('x;y\n1,5;2,5\n3,5;4,5\n')).toEqual([
      ['x', 'y'],
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
  });

  it('is located by record and line, also behind fields of several lines and blank lines', async () => {
    const { units } = await read('n,t\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n');

    expect(units.map(({ text, locator }) => [text, locator])).toEqual([
      ['n | t', { kind: 'record', record: 1, line: 1, headingPath: [] }],
      ['1 | two lines', { kind: 'record', record: 2, line: 2, headingPath: [] }],
      ['2 | x', { kind: 'record', record: 3, line: 5, headingPath: [] }],
    ]);
  });

  it('says where records are not of one length, where a quotation mark is left open, and what was guessed', async () => {
    const ragged = await read('a,b\n1,2,3\n4\n');
    const open = await read('a,b\n1,"2\n3,4\n');
    const guessed = await read(
      new Uint8Array(Buffer.from('Stra\xdfe,Gr\xf6\xdfe\nM\xfcller,2\n', 'latin1')),
    );
    const ambiguous = await read('a;b,c\nd;e,f\n');

    expect(ragged.warnings).toMatchObject([{ code: 'malformed', count: 2, locator: { line: 2 } }]);
    expect(open.warnings).toMatchObject([{ code: 'malformed' }]);
    expect(open.units.map(({ text }) => text)).toEqual(['a | b', '1 | "2', '3 | 4']);
    expect(guessed.warnings).toMatchObject([{ code: 'encoding-guessed' }]);
    expect(guessed.units[0]?.text).toBe('Straße | Größe');
    expect(ambiguous.warnings).toMatchObject([{ code: 'dialect-guessed' }]);
  });

  it('has no header where the first record holds values', async () => {
    const { units } = await read('2024-01-01,10.5\n2024-01-02,11\n');

    expect(units[0]?.table?.isHeader).toBe(false);
  });

  it('is refused with more fields than a sheet may have', async () => {
    const content = new Uint8Array(9_000_000).fill(44);

    await expect(read(content)).rejects.toMatchObject({ code: 'file_too_complex' });
  });
});
