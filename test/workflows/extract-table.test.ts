import { describe, expect, it } from '@jest/globals';
import { type CallId, placeOfCall } from '#shared/domain/ids.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { rowsStage } from '#shared/workflows/extract-table/rows.ts';
import { extractTable } from '#shared/workflows/extract-table/workflow.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { rowAt, rowsOnly, run, sequenceOf, simulated, tableOf } from '../support/sample-tables.ts';
import type { DriverRun } from '../support/workflow-driver.ts';

const roundOf = ({ callId }: { callId: CallId }) => placeOfCall(callId).round;

function notesOf({ rendering }: DriverRun): string {
  const content = rendering.contents?.['table.xlsx'];
  if (content?.format !== 'xlsx') return '';
  return (content.workbook.sheets[0]?.notes ?? []).map(({ text }) => text).join('\n');
}

describe('extract-table', () => {
  it('takes every row of a table with its types, and its total as a check', () => {
    const done = run([tableOf(130, ['| Total | | | EUR 8,580.00 |'])]);

    expect(done.faults).toEqual([]);
    expect(done.result.rows).toHaveLength(130);
    expect(done.result.rows[4]?.fields).toMatchObject({
      SEQ: { value: 'SEQ-0005', check: 'verified' },
      Quantity: { value: 6, quote: '6' },
      Amount: { value: 5.5, quote: 'EUR 5.50', currency: 'EUR' },
    });
    expect(done.result.reconciliation.counts).toMatchObject({
      sourceRows: 132,
      taken: 130,
      skipped: 2,
    });
    expect(done.result.reconciliation.totals).toEqual([expect.objectContaining({ agrees: true })]);
    expect(done.result.reconciliation.sequences[0]?.gaps).toEqual([]);
    expect(done.result.issues).toEqual([]);
  });

  it('names a total that differs and a number that the sequence lacks', () => {
    const rows = Array.from({ length: 12 }, (_, index) => rowAt(index)).filter((_, at) => at !== 5);
    const document = documentFromLines([
      '| SEQ | Item | Quantity | Amount |',
      ...rows,
      '| Total | | | EUR 84.00 |',
    ]);

    const { issues, reconciliation } = run([document]).result;
    expect(issues[0]?.kind).toBe('total');
    expect(issues[1]).toMatchObject({ kind: 'sequence', field: 'SEQ' });
    expect(reconciliation.sequences[0]?.gaps).toEqual(['SEQ-0006']);
  });

  it('asks again about exactly the units that an answer leaves out, in smaller calls', () => {
    const done = run([tableOf(90)], (spec) => {
      const answer = rowsOnly(spec);
      return roundOf(spec) > 0 ? answer : { ...answer, rows: answer.rows.slice(0, 20) };
    });

    const repairs = done.outcomes.filter(({ spec }) => roundOf(spec) === 1);
    expect(repairs.flatMap(({ spec }) => spec.unitIds)).toHaveLength(90 - 2 * 20);
    expect(repairs.every(({ spec }) => spec.unitIds.length <= 12)).toBe(true);
    expect(done.result.missing).toEqual([]);
    expect(new Set(sequenceOf(done)).size).toBe(90);
  });

  it('names exactly the missing rows where the model never gives them', () => {
    const hidden = new Set(['SEQ-0007', 'SEQ-0033', 'SEQ-0090']);
    const done = run([tableOf(90)], (spec) => {
      const answer = rowsOnly(spec);
      return { ...answer, rows: answer.rows.filter(({ v }) => !hidden.has(v[0] ?? '')) };
    });

    expect(done.result.rows).toHaveLength(87);
    expect(done.result.missing.map(({ unitId }) => unitId)).toEqual(['d1.u9', 'd1.u35', 'd1.u92']);
    expect(done.result.reconciliation.sequences[0]?.gaps).toEqual(['SEQ-0007', 'SEQ-0033']);
    expect(notesOf(done)).toMatch(/^PARTIAL: 3 rows .*row 8; .*row 34; .*row 91\./u);
    const account = extractTable.account?.(done.context);
    expect(account?.problems).toEqual([expect.objectContaining({ code: 'rows_missing' })]);
    expect(account?.fates?.get('d1.u9' as never)).toEqual({
      state: 'failed',
      code: 'rows_missing',
    });
  });

  it.each(['header', 'total', 'blank', 'note', 'other', ''])(
    'lets no record go that the model calls %s',
    (why) => {
      const done = run([tableOf(30)], (spec) => {
        const answer = rowsOnly(spec);
        const [first, ...rest] = answer.rows;
        return { rows: rest, skipped: [...answer.skipped, { u: first?.u ?? [], why }] };
      });

      expect(done.result.missing.length + done.result.rows.length).toBe(30);
      expect(done.faults.join(' ')).toContain('look like records');
    },
  );

  it('keeps what the last answers give, and says that another run may ask about the rest', () => {
    const done = run([tableOf(90)], (spec) => {
      const answer = rowsOnly(spec);
      return { ...answer, rows: answer.rows.slice(0, Math.floor(answer.rows.length / 2)) };
    });
    const whole = run([tableOf(5)]);

    expect(done.outcomes.every(({ isAnswered }) => isAnswered)).toBe(true);
    expect(done.result.rows.length).toBeGreaterThan(60);
    expect(done.result.missing.length + done.result.rows.length).toBe(90);
    expect(rowsStage.leavesHoles?.(done.outputs.get('rows'))).toBe(true);
    expect(rowsStage.leavesHoles?.(whole.outputs.get('rows'))).toBe(false);
  });

  it('takes the cell of the column where the model changes a figure', () => {
    const done = run([tableOf(40)], (spec) => {
      const answer = rowsOnly(spec);
      const rows = answer.rows.map((row) => {
        const isWrong = row.v[0] === 'SEQ-0004';
        return isWrong
          ? { ...row, v: row.v.map((value, at) => (at === 2 ? '99999' : value)) }
          : row;
      });
      return { ...answer, rows };
    });

    expect(done.faults.join(' ')).toContain('“Quantity” does not stand in');
    expect(done.result.rows[3]?.fields['Quantity']).toMatchObject({ value: 5, check: 'corrected' });
    expect(done.result.issues).toContainEqual(
      expect.objectContaining({ kind: 'corrected-value', field: 'Quantity', row: 3 }),
    );
  });

  it.each([
    ['before', (index: number) => [`${index}`, `Axle type ${index}`]],
    ['behind', (index: number) => [`Axle type ${index}`, `${index}`]],
  ])(
    'does not take a number for the name that ends with it, the number %s the name',
    (_, cells) => {
      const head = cells(0)[0] === '0' ? '| No | Part |' : '| Part | No |';
      const rows = Array.from({ length: 6 }, (_, index) => `| ${cells(index + 1).join(' | ')} |`);
      const { result } = run([documentFromLines([head, ...rows])], simulated, {
        fields: ['No', 'Part'],
      });

      expect(result.rows.map(({ fields }) => [fields['No']?.value, fields['Part']?.value])).toEqual(
        [1, 2, 3, 4, 5, 6].map((number) => [number, `Axle type ${number}`]),
      );
    },
  );

  it('notices two values of a row that have changed places', () => {
    const swapped = run([tableOf(40)], (spec) => {
      const answer = rowsOnly(spec);
      const rows = answer.rows.map((row, index) =>
        index === 3 ? { ...row, v: [row.v[0], row.v[2], row.v[1], row.v[3]] } : row,
      );
      return { ...answer, rows };
    });

    expect(swapped.result.rows[3]?.fields).toMatchObject({
      Item: { value: 'Part 3', check: 'corrected' },
      Quantity: { value: 5, check: 'corrected' },
    });
  });

  it('does not let one row swallow its neighbours', () => {
    const done = run([tableOf(20)], (spec) => {
      const answer = rowsOnly(spec);
      const [first] = answer.rows;
      const all = answer.rows.flatMap(({ u }) => u);
      return { ...answer, rows: first === undefined ? [] : [{ ...first, u: all }] };
    });

    expect(done.result.rows.length + done.result.missing.length).toBe(20);
    expect(done.result.missing.length).toBeGreaterThan(10);
  });

  it('takes the first record of a table that the file marks as its head', () => {
    const rows = Array.from({ length: 12 }, (_, index) => rowAt(index));
    const done = run([documentFromLines(rows)], (spec) => {
      const answer = rowsOnly(spec);
      const kept = answer.rows.filter(({ u }) => u[0] !== 'd1.u1');
      return { rows: kept, skipped: [...answer.skipped, { u: ['d1.u1'], why: 'header' }] };
    });

    expect(run([documentFromLines(rows)]).result.rows).toHaveLength(12);
    expect(done.result.missing.map(({ unitId }) => unitId)).toEqual(['d1.u1']);
  });

  it('reads records of running text with a verified quote for each value', () => {
    const lines = Array.from(
      { length: 60 },
      (_, index) =>
        `SEQ: SEQ-${String(index + 1).padStart(4, '0')}; Item: Part ${index}; Quantity: ${index + 2}; Amount: EUR ${index + 1}.50.`,
    );
    const done = run([documentFromLines(['# Goods', 'The goods of the year follow.', ...lines])]);

    expect(done.faults).toEqual([]);
    expect(done.result.rows).toHaveLength(60);
    expect(done.result.rows[9]?.fields['Amount']).toMatchObject({ value: 10.5, check: 'verified' });
    for (const { quote, unitId } of done.rendering.citations) {
      expect(done.context.unit(unitId)?.text).toContain(quote);
    }
  });

  it('asks again about a line of text that looks like a record and is called none', () => {
    const lines = Array.from(
      { length: 8 },
      (_, index) => `SEQ: SEQ-000${index}; Quantity: ${index}.`,
    );
    const done = run(
      [documentFromLines(lines)],
      (spec) => {
        const answer = rowsOnly(spec);
        const kept = answer.rows.filter(({ v }) => v[0] !== 'SEQ-0004');
        const gone = answer.rows.filter(({ v }) => v[0] === 'SEQ-0004').flatMap(({ u }) => u);
        return { rows: kept, skipped: [...answer.skipped, { u: gone, why: 'note' }] };
      },
      { fields: ['SEQ', 'Quantity'] },
    );

    expect(done.result.rows).toHaveLength(7);
    expect(done.result.missing.map(({ unitId }) => unitId)).toEqual(['d1.u5']);
  });

  it('drops an invented row and an invented quote, and says so to the model', () => {
    const done = run([tableOf(30)], (spec) =>
      JSON.parse(spoilContent(answerPrompt(spec.messages).content, 'invented-quote')),
    );

    expect(JSON.stringify(done.rendering)).not.toContain('paper boats');
    expect(done.result.rows).toHaveLength(30);
    expect(done.faults.join(' ')).toContain('no value is from its units');
  });

  it('makes one row of two documents that say of one record what the other lacks, and names a contradiction', () => {
    const one = documentFromLines([
      'SEQ: A-01; Item: Bolt; Quantity: 3.',
      'SEQ: A-02; Item: Nut; Quantity: 4; Amount: EUR 2.00.',
    ]);
    const two = documentFromLines(
      [
        'SEQ: A-01; Item: Bolt; Amount: EUR 9.00.',
        'SEQ: A-02; Item: Nut; Quantity: 5; Amount: EUR 2.00.',
      ],
      { position: 2, name: 'other.md' },
    );
    const { rows, issues } = run([one, two]).result;

    expect(rows.map((row) => row.fields['SEQ']?.value)).toEqual(['A-01', 'A-02', 'A-02']);
    expect(rows[0]?.fields).toMatchObject({ Quantity: { value: 3 }, Amount: { value: 9 } });
    expect(issues).toContainEqual(expect.objectContaining({ kind: 'conflict', field: 'Quantity' }));
  });

  it('gives one row for each document where that is asked for', () => {
    const invoice = (position: number) =>
      documentFromLines([`Invoice: R-${position}0; Total: EUR ${position}00.00.`, 'Thank you.'], {
        position,
      });
    const done = run([invoice(1), invoice(2)], simulated, {
      fields: ['Invoice', 'Total'],
      rowPer: 'document',
    });

    expect(done.result.rows.map((row) => row.fields['Invoice']?.value)).toEqual(['R-10', 'R-20']);
  });

  it('asks for no columns where they are given, and proposes them from the header where not', () => {
    const given = run([tableOf(10)]);
    const inferred = run([tableOf(10)], simulated, {});

    expect(given.outcomes.filter(({ spec }) => spec.callId.startsWith('infer'))).toEqual([]);
    expect(Object.keys(inferred.result.rows[0]?.fields ?? {})).toEqual([
      'SEQ',
      'Item',
      'Quantity',
      'Amount',
    ]);
  });

  it('estimates calls and tokens in a band that holds what is asked', () => {
    const done = run([tableOf(400)], simulated, {});
    const first = done.outcomes.flatMap(({ spec }) =>
      spec.callId.startsWith('infer') ? spec : [],
    );
    const asked = done.outcomes.length - first.length;
    const [rows] = extractTable.estimateRest?.(done.context, first) ?? [];

    expect(rows?.stage).toBe('rows');
    expect(rows?.calls.low).toBeLessThanOrEqual(asked);
    expect(rows?.calls.high).toBeGreaterThanOrEqual(asked);
  });
});
