import { describe, expect, it } from '@jest/globals';
import { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { callIdOf, documentIdOf, segmentIdOf, unitIdOf } from '#shared/domain/ids.ts';
import { coverageOf, reasonsOf } from '#shared/steps/task-coverage.ts';
import type { CallOutcome } from '#shared/workflows/definition.ts';
import { sourceFile } from '../../support/office-files.ts';
import { readDocument } from '../../support/read-document.ts';

const d1 = documentIdOf(1);
const unit = (position: number) => unitIdOf(d1, position);

function documentOf(paragraphs: number): Promise<Document> {
  const text = Array.from({ length: paragraphs }, (_, index) => `Paragraph ${index + 1}.`);
  return readDocument(sourceFile('units.md', text.join('\n\n')), ['markdown']);
}

function outcome(round: number, units: readonly number[], isAnswered: boolean) {
  const spec = CallSpec.parse({
    callId: callIdOf('read', round, 0),
    prompt: 'test@1',
    messages: [{ role: 'user', content: 'Text' }],
    maxOutputTokens: 1,
    temperature: 0,
    unitIds: units.map(unit),
    context: {},
  });
  const error = { code: 'model_unavailable' as const, message: 'The provider is down.' };
  return (
    isAnswered ? { spec, isAnswered: true, answer: {} } : { spec, isAnswered: false, error }
  ) satisfies CallOutcome;
}

const statesOf = (coverage: ReturnType<typeof coverageOf>) =>
  coverage.documents.flatMap(({ units }) => units.map(({ state }) => state));

describe('the coverage of a task', () => {
  it('counts a unit as failed when one of its calls in a round fails, in either order', async () => {
    const document = await documentOf(1);
    const [answered, failed] = [outcome(0, [1], true), outcome(0, [1], false)];

    expect(statesOf(coverageOf([document], [answered, failed]))).toEqual(['failed']);
    expect(statesOf(coverageOf([document], [failed, answered]))).toEqual(['failed']);
  });

  it('counts a unit as used when a later round has answered for it', async () => {
    const document = await documentOf(2);
    const outcomes = [outcome(0, [1, 2], false), outcome(1, [1], true), outcome(1, [2], true)];

    expect(statesOf(coverageOf([document], outcomes))).toEqual(['used', 'used']);
    expect(reasonsOf(outcomes)).toEqual([]);
  });

  it('keeps a unit used, and the reason, when a later round fails', async () => {
    const document = await documentOf(1);
    const outcomes = [outcome(0, [1], true), outcome(1, [1], false)];

    expect(statesOf(coverageOf([document], outcomes))).toEqual(['used']);
    expect(reasonsOf(outcomes)).toMatchObject([
      { code: 'model_unavailable', details: { failedCalls: 1, plannedCalls: 2 } },
    ]);
  });

  it('skips what no call asked about', async () => {
    const coverage = coverageOf([await documentOf(2)], [outcome(0, [2], true)]);

    expect(coverage.totals).toEqual({ units: 2, used: 1, skipped: 1, failed: 0 });
  });

  it('takes the word of the workflow before that of the calls', async () => {
    const fates = new Map([
      [unit(1), { state: 'failed', code: 'answer_invalid' }],
      [unit(2), { state: 'skipped', reason: 'the same in both documents' }],
    ] as const);
    const coverage = coverageOf([await documentOf(3)], [outcome(0, [1, 3], true)], { fates });

    expect(coverage.documents[0]?.units).toMatchObject([
      { state: 'failed', code: 'answer_invalid' },
      { state: 'skipped', reason: 'the same in both documents' },
      { state: 'used' },
    ]);
  });

  it('counts segments in place of units where the workflow says so', async () => {
    const segment = { unitId: segmentIdOf(d1, 1), place: 'Sheet1!A1' };
    const coverage = coverageOf([await documentOf(3)], [], {
      tracked: new Map([[d1, [segment]]]),
      fates: new Map([[segment.unitId, { state: 'used' }]]),
    });

    expect(coverage.documents[0]?.units).toEqual([{ ...segment, state: 'used' }]);
    expect(coverage.totals.units).toBe(1);
  });
});
