import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillFields } from '#shared/documents/edit/csv/fill-fields.ts';
import { sourceFile } from '../../../support/office-files.ts';
import { readDocument } from '../../../support/read-document.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const fill = (text: string, ...texts: Parameters<typeof fillFields>[1][]) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(fillFields(encode(text), texts.flat()));

describe('fillFields', () => {
  it.each([
    ['a,b\r\n"x, y",\r\n', 'a,b\r\n"x, y",yes\r\n'],
    ['a;b\nx;\n', 'a;b\nx;yes\n'],
    ['a\tb\nx\told', 'a\tb\nx\tyes'],
    ['\ufeffa;b\r\rx;z;"q"\r', '\ufeffa;b\r\rx;yes;"q"\r'],
    ["a;b\n'x;y';\n", "a;b\n'x;y';yes\n"],
  ])('writes into a field of %j and leaves the others as they are written', (before, after) => {
    expect(fill(before, [{ record: 2, column: 2, text: 'yes' }])).toBe(after);
  });

  it('quotes what needs it, and lets nothing be a formula', () => {
    expect(fill('a;b\nx;\n', [{ record: 2, column: 2, text: 'one; "two"\nthree' }])).toBe(
      'a;b\nx;"one; ""two""\nthree"\n',
    );
    expect(fill('a;b\nx;\n', [{ record: 2, column: 2, text: '=1+1' }])).toBe("a;b\nx;'=1+1\n");
  });

  it('makes all records as long as the last column that is filled, and leaves blank lines alone', () => {
    expect(fill('a,b\n1,2\n\n3\n', [{ record: 2, column: 4, text: 'yes' }])).toBe(
      'a,b,,\n1,2,,yes\n\n3,,,\n',
    );
  });

  it('takes quotation marks without a partner for text, and writes none', () => {
    expect(fill('a,b\n"x,1\ny,2\n', [{ record: 3, column: 2, text: 'one, two\nthree' }])).toBe(
      'a,b\n"x,1\ny,one  two three\n',
    );
  });

  it('keeps the encoding', () => {
    const bytes = new Uint8Array(
      Buffer.from('Frage;Antwort\nWie groß ist die Straße?;\n', 'latin1'),
    );
    const filled = fillFields(bytes, [{ record: 2, column: 2, text: 'für' }]);

    expect(Buffer.from(filled).toString('latin1')).toBe(
      'Frage;Antwort\nWie groß ist die Straße?;für\n',
    );
  });

  it('is read back as it was filled in, and as it was elsewhere, whatever the fields', async () => {
    const field = fc.stringMatching(/^[a-z"';,| \n]{0,12}$/);
    const written = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
        field,
        async (rows, text) => {
          const named = rows.map((row, index) => [`r${index}`, ...row]);
          const csv = named.map((row) => row.map(written).join(',')).join('\n');
          const bytes = fillFields(encode(csv), [{ record: 2, column: 2, text }]);
          const read = async (content: Uint8Array) =>
            (await readDocument(sourceFile('q.csv', content), ['csv'])).units.map(
              ({ table }) => table?.cells ?? [],
            );
          const before = await read(encode(csv));
          const after = await read(bytes);
          const collapsed = text.replace(/\s+/g, ' ').trim();

          expect(after).toHaveLength(before.length);
          expect(after[1]?.[1] ?? '').toBe(collapsed);
          for (const [index, cells] of before.entries()) {
            if (index !== 1) expect(after[index]).toEqual(cells);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
