import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDocx } from '#shared/documents/read/docx.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import { Document } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import type { RowsAnswer } from '#shared/workflows/extract-table/schemas.ts';
import { makeDocx } from '../support/office-files.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { fields, rowAt, rowsOnly, run, sequenceOf } from '../support/sample-tables.ts';

const head = '| SEQ | Item | Quantity | Amount |';
const seqAt = (index: number) => `SEQ-${String(index + 1).padStart(4, '0')}`;
const textAt = (index: number) =>
  `SEQ: ${seqAt(index)}; Item: Part ${index % 7}; Quantity: ${index + 2}; Amount: EUR ${index + 1}.50.`;

/** What a model may do to the rows of an answer. */
const conducts: Readonly<Record<string, (answer: RowsAnswer, spec: CallSpec) => RowsAnswer>> = {
  good: (answer) => answer,
  'half of the rows': ({ rows }) => ({ rows: rows.slice(0, rows.length >> 1), skipped: [] }),
  'each row twice': ({ rows, skipped }) => ({ rows: [...rows, ...rows], skipped }),
  'the same row always': ({ rows }) => ({ rows: rows.flatMap(() => rows[0] ?? []), skipped: [] }),
  'rows that claim all': ({ rows }, { unitIds }) => ({
    rows: rows.map((row) => ({ ...row, u: [...unitIds] })),
    skipped: [],
  }),
  'all skipped': (_, { unitIds }) => ({ rows: [], skipped: [{ u: [...unitIds], why: 'total' }] }),
  nothing: () => ({ rows: [], skipped: [] }),
};

describe('The rows of documents', () => {
  it('are those of the table and those that are named as missing, whatever the model does and however they are cut', () => {
    const conduct = fc.constantFrom(...Object.keys(conducts));
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 40 }),
          isText: fc.boolean(),
          chosen: fc.array(conduct, { minLength: 1, maxLength: 10 }),
          chunkTokens: fc.integer({ min: 200, max: 3_000 }),
        }),
        ({ count, isText, chosen, chunkTokens }) => {
          const at = Array.from({ length: count }, (_, index) => index);
          const lines = isText
            ? at.map(textAt)
            : ['# Goods', head, ...at.map(rowAt), '| Total | | | EUR 1.00 |'];
          const document = documentFromLines(lines);
          let asked = 0;
          const done = run(
            [document],
            (spec) => {
              const name = chosen[asked % chosen.length] ?? 'good';
              asked += 1;
              return conducts[name]?.(rowsOnly(spec), spec);
            },
            { fields, chunkTokens },
          );
          const seqOf = (unitId: string) =>
            /SEQ-\d+/.exec(document.units.find(({ id }) => id === unitId)?.text ?? '')?.[0];
          const shown = sequenceOf(done).filter((value) => value !== null);
          const named = done.result.missing.map(({ unitId }) => seqOf(unitId) ?? unitId);

          expect(new Set(shown).size).toBe(shown.length);
          expect([...shown, ...named].toSorted()).toEqual(at.map(seqAt));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are no more where the head is repeated on each page and sums stand between them', () => {
    const pages = [0, 1, 2].flatMap((page) => [
      head,
      ...Array.from({ length: 8 }, (_, index) => rowAt(page * 8 + index)),
      '| Subtotal | | | EUR 1.00 |',
    ]);
    const { result } = run([documentFromLines([...pages, '| Total: | | | EUR 3.00 |'])]);

    expect(result.rows).toHaveLength(24);
    expect(result.missing).toEqual([]);
    expect(result.reconciliation.counts).toMatchObject({ sourceRows: 31, taken: 24, skipped: 7 });
    expect(result.reconciliation.totals).toHaveLength(4);
  });

  it('of a table with merged cells are all there, each with what stands in its own cells', async () => {
    const cell = (text: string, properties = '') =>
      `<w:tc><w:tcPr>${properties}</w:tcPr><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
    const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
    const body = `<w:tbl>${[
      row(cell('Group'), cell('SEQ'), cell('Amount')),
      row(cell('Group of all', '<w:gridSpan w:val="3"/>')),
      row(cell('Tools', '<w:vMerge w:val="restart"/>'), cell('SEQ-0001'), cell('EUR 1.50')),
      row(cell('', '<w:vMerge/>'), cell('SEQ-0002'), cell('EUR 2.50')),
      row(cell('Paper'), cell('SEQ-0003'), cell('EUR 3.50')),
      row(cell('Total', '<w:gridSpan w:val="2"/>'), cell('EUR 7.50')),
    ].join('')}</w:tbl><w:p/><w:sectPr/>`;
    const documentId = documentIdOf(1);
    const content = await readDocx({ documentId, name: 'merged.docx', bytes: makeDocx({ body }) });
    const document = Document.parse({ ...documentFromLines([]), ...content, format: 'docx' });
    const columns = [
      { name: 'Group' },
      { name: 'SEQ', type: 'text', isKey: true },
      { name: 'Amount', type: 'currency' },
    ];

    const { result } = run([document], undefined, { fields: columns });

    expect(result.missing).toEqual([]);
    expect(result.rows.map(({ fields: cells }) => cells['SEQ']?.value)).toEqual([
      'SEQ-0001',
      'SEQ-0002',
      'SEQ-0003',
    ]);
    expect(result.rows.map(({ fields: cells }) => cells['Amount']?.value)).toEqual([1.5, 2.5, 3.5]);
  });
});
