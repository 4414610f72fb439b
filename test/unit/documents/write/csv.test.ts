import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeCsv } from '#shared/documents/write/csv.ts';
import type { Cell } from '#shared/domain/workbook.ts';
import { citationWith } from '../../../support/reports.ts';
import { column, number, text } from '../../../support/workbook-content.ts';

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const anyRows = fc.array(
  fc.array(
    fc.string({ unit: 'grapheme', maxLength: 12 }).filter((each) => !each.startsWith("'")),
    { minLength: 2, maxLength: 2 },
  ),
);

describe('writeCsv', () => {
  it('writes header and rows as RFC 4180 says, behind a mark for Excel', () => {
    const bytes = writeCsv({
      name: 'Data',
      notes: [{ text: 'not in the file' }],
      columns: [column('Name'), { ...column('Net, EUR', 'decimal'), total: 'sum' }, column('Day')],
      rows: [
        [text('say "hi"'), number(-1234.5), { kind: 'date', date: '2025-02-28' }],
        [text('two\nlines'), { kind: 'empty' }],
      ],
    });

    expect(decode(bytes)).toBe(
      '\ufeffName,"Net, EUR",Day\r\n"say ""hi""",-1234.5,2025-02-28\r\n"two\nlines",,\r\n',
    );
  });

  it('leaves the mark out and takes another delimiter where that is asked for', () => {
    const sheet = {
      name: 'D',
      columns: [column('A'), column('B')],
      rows: [[text('1;2'), text('3,4')]],
    };

    const bytes = writeCsv(sheet, [], { delimiter: ';', hasByteOrderMark: false });

    expect(decode(bytes)).toBe('A;B\r\n"1;2";"3,4"\r\n');
  });

  it.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '  =1', '\n=1', '＝1', '＠x'])(
    'puts an apostrophe before the text %j',
    (value) => {
      const bytes = writeCsv({ name: 'D', columns: [column('A')], rows: [[text(value)]] });

      const field = decode(bytes).split('A\r\n')[1] ?? '';
      expect(field.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('leaves negative numbers numbers, and guards the header too', () => {
    const bytes = writeCsv({ name: 'D', columns: [column('=A')], rows: [[number(-5)]] });

    expect(decode(bytes)).toBe("\ufeff'=A\r\n-5\r\n");
  });

  it('writes formulas as their value and citations as what they say', () => {
    const difference: Cell = {
      kind: 'formula',
      formula: { kind: 'arithmetic', operator: '-', left: 'A', right: 'B' },
    };
    const quote: Cell = { kind: 'citation', id: 'c1', show: 'quote' };
    const columns = [column('A'), column('B'), column('C'), column('D')];

    const bytes = writeCsv(
      { name: 'D', columns, rows: [[number(3), number(1), difference, quote]] },
      [citationWith()],
    );

    expect(decode(bytes)).toContain('3,1,2,Revenue rose by 7.4 % to €184.6 million.');
  });

  it('gives back every text by the rules of RFC 4180', async () => {
    await fc.assert(
      fc.property(anyRows, (texts) => {
        const columns = [column('A'), column('B')];
        const sheet = { name: 'D', columns, rows: texts.map((row) => row.map(text)) };

        const records = parse(decode(writeCsv(sheet, [], { hasByteOrderMark: false })));

        const unguarded = records
          .slice(1)
          .map((row) => row.map((each) => each.replace(/^'(?=\s*[=+\-@＝＋－＠\t\r])/, '')));
        expect(unguarded).toEqual(texts);
      }),
    );
  });
});

/** A reader of its own, so that writer and reader cannot err together. */
function parse(csv: string): string[][] {
  const fields = csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g);
  const records: string[][] = [[]];
  for (const [whole, field = '', end] of fields) {
    if (whole === '') continue;
    records.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}
