import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { coverageOf } from '#shared/steps/task-coverage.ts';
import { MergeOutput, RowsOutput } from '#shared/workflows/extract-table/schemas.ts';
import { extractTable } from '#shared/workflows/extract-table/workflow.ts';
import { fields, rowAt, rowsOnly, run, sequenceOf, tableOf } from '../support/sample-tables.ts';
import type { Answerer } from '../support/workflow-driver.ts';

describe('extract-table', () => {
  it('accounts for every unit whatever the model does', async () => {
    const conduct = fc.constantFrom(
      'good',
      'drop',
      'skip',
      'extra',
      'number',
      'quote',
      'fail',
      'empty',
    );
    await fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(conduct, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 200, max: 3_000 }),
        (rows, conducts, chunkTokens) => {
          const document = tableOf(rows, ['| Total | | | EUR 1.00 |', 'A closing remark.']);
          let asked = 0;
          const done = tryRun(document, chunkTokens, (spec) => {
            const now = conducts[asked % conducts.length];
            asked += 1;
            return misbehave(now ?? 'good', spec);
          });
          if (done === undefined) return;
          const state = RowsOutput.parse(done.outputs.get('rows'));
          const merged = MergeOutput.parse(done.outputs.get('merge'));
          const account = extractTable.account?.(done.context);
          const { totals } = coverageOf([document], done.outcomes, account);
          const known = new Set([
            ...state.rows.flatMap(({ units }) => units),
            ...state.skipped.map(({ unitId }) => unitId),
            ...state.missing.map(({ unitId }) => unitId),
          ]);
          expect([...document.units.map(({ id }) => id)].filter((id) => !known.has(id))).toEqual(
            [],
          );
          expect(totals.failed).toBe(new Set(state.missing.map(({ unitId }) => unitId)).size);
          expect(merged.rows.length + merged.merged).toBe(state.rows.length);
          const planted = new Set(
            Array.from({ length: rows }, (_, index) => rowAt(index).split(' ')[1]),
          );
          const shown = sequenceOf(done);
          const dropped = done.result.issues.filter(
            ({ kind, field }) => kind === 'dropped-value' && field === 'SEQ',
          );
          expect(shown.filter((value) => value === null)).toHaveLength(dropped.length);
          expect(shown.every((value) => value === null || planted.has(String(value)))).toBe(true);
          const kept = new Set(shown.filter((value) => value !== null)).size;
          expect(kept + dropped.length + totals.failed).toBeGreaterThanOrEqual(rows);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** `undefined` where no call at all was answered: the task fails as a whole. */
function tryRun(document: Document, chunkTokens: number, answer: Answerer) {
  try {
    return run([document], answer, { fields, chunkTokens });
  } catch (error) {
    expect(error).toMatchObject({ code: 'model_unavailable' });
    return undefined;
  }
}

function misbehave(conduct: string, spec: CallSpec): unknown {
  const answer = rowsOnly(spec);
  const { content } = answerPrompt(spec.messages);
  switch (conduct) {
    case 'drop':
      return JSON.parse(spoilContent(content, 'missing-ids'));
    case 'skip':
      return { rows: [], skipped: [{ u: spec.unitIds, why: 'total' }] };
    case 'extra':
      return JSON.parse(spoilContent(content, 'extra-ids'));
    case 'number':
      return JSON.parse(spoilContent(content, 'wrong-number'));
    case 'quote':
      return JSON.parse(spoilContent(content, 'invented-quote'));
    case 'fail':
      return undefined;
    case 'empty':
      return { rows: [], skipped: [] };
    default:
      return answer;
  }
}
