import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cutRecords, type Marks } from '#shared/documents/read/csv/records.ts';
import { collapseWhiteSpace } from '#shared/documents/unit-list.ts';

interface Cut {
  readonly isComplete: boolean;
  readonly records: { readonly fields: string[]; readonly line: number }[];
}

function cut(text: string, marks: Marks): Cut {
  const records: Cut['records'] = [];
  const isComplete = cutRecords(text, marks, (fields, line) => records.push({ fields, line }));
  return { isComplete, records };
}

/** What a parser of another make says, which tells on which line a record ends. */
function cutByOther(text: string, { delimiter, quote = '' }: Marks): Cut {
  const records: Cut['records'] = [];
  let lastLine = 0;
  const options = { delimiter, quote: quote === '' ? false : quote, escape: quote || null };
  try {
    parse(text, {
      ...options,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: '\n',
      on_record(fields: string[], { lines }) {
        records.push({ fields: fields.map(collapseWhiteSpace), line: lastLine + 1 });
        lastLine = lines;
        return null;
      },
    });
    return { isComplete: true, records };
  } catch {
    return { isComplete: false, records };
  }
}

const marks = fc.constantFrom<Marks>(
  { delimiter: ',', quote: '"' },
  { delimiter: ';', quote: "'" },
  { delimiter: '\t', quote: undefined },
);

describe('Records of delimited text', () => {
  it('are cut as another parser cuts them, also where quotation marks stand anywhere', () => {
    const piece = fc.constantFrom('a', '"', '"', "'", "''", '""', ',', ';', '\t', '\n', ' ', 'é');
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(text, marks, (content, by) => {
        expect(cut(content, by)).toEqual(cutByOther(content, by));
      }),
      { numRuns: 3_000 },
    );
  });

  it('are the same whatever ends their lines', () => {
    const text = 'a,b\n"c\nd",e\n\n"f""g"h,\n';
    const by = { delimiter: ',', quote: '"' };
    const expected = [
      { fields: ['a', 'b'], line: 1 },
      { fields: ['c d', 'e'], line: 2 },
      { fields: [''], line: 4 },
      { fields: ['"f"g"h', ''], line: 5 },
    ];

    for (const lineEnd of ['\n', '\r', '\r\n']) {
      expect(cut(text.replaceAll('\n', lineEnd), by).records).toEqual(expected);
    }
  });

  it('keep a mark of the other kind within quotes', () => {
    const by = { delimiter: ',', quote: "'" };

    expect(cut(`'say "yes"','it''s'`, by).records).toEqual([
      { fields: ['say "yes"', "it's"], line: 1 },
    ]);
  });
});
