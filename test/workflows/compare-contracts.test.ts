import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { readDocx } from '#shared/documents/read/docx.ts';
import { Document } from '#shared/domain/document.ts';
import type { EditView } from '#shared/domain/edit-view.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { writeArtifact } from '#shared/steps/write-artifact.ts';
import { CompareParams } from '#shared/workflows/compare-contracts/params.ts';
import type { CompareResult } from '#shared/workflows/compare-contracts/result.ts';
import { compareContracts } from '#shared/workflows/compare-contracts/workflow.ts';
import { contractVersions, docxOf } from '../support/contract-versions.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { type Answerer, driveWorkflow } from '../support/workflow-driver.ts';

const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
const lying =
  (fault: FaultName): Answerer =>
  (spec) =>
    JSON.parse(spoilContent(answerPrompt(spec.messages).content, fault));

const conducts: Readonly<Record<string, Answerer>> = {
  good: simulated,
  fails: () => undefined,
  'says nothing': () => ({ changes: [] }),
  ...Object.fromEntries(
    (['missing-ids', 'invented-rule', 'wrong-number', 'played-down'] as const).map((fault) => [
      fault,
      lying(fault),
    ]),
  ),
};

const baseLines = [
  '# 1. Payment',
  '1.1 Invoices are due 30 days after receipt of a proper invoice.',
  '1.2 The parties shall meet once a year to talk about prices.',
  '# 2. Liability',
  '2.1 The liability of the supplier is limited to 5,000 in each contract year.',
  '2.2 Notices are sent by letter to the address above.',
  '| Item | Price |',
  '| Ink | 3.00 |',
];
const revisedLines = [
  '# 1. Payment',
  '1.1 Invoices are due 60 days after receipt of a proper invoice.',
  '# 2. Liability',
  '2.1 The liability of the supplier is limited to 5,000 in each contract year.',
  '2.2 Notices are sent by letter or mail to the address above.',
  '2.3 The supplier shall indemnify the buyer for every claim.',
  '1.2 The parties shall meet once a year to talk about prices.',
  '| Item | Price |',
  '| Ink | 4.00 |',
];

function compareLines(answer: Answerer = simulated, params: unknown = {}) {
  const run = driveWorkflow(
    compareContracts,
    [
      documentFromLines(baseLines, { name: 'base.md' }),
      documentFromLines(revisedLines, { name: 'revised.md', position: 2 }),
    ],
    { answer, params },
  );
  return { ...run, result: run.rendering.result as CompareResult };
}

const typesOf = ({ changes }: CompareResult) =>
  changes.map(({ type, after, before }) => `${type}: ${(after || before).slice(0, 12)}`);

async function wordDocument(bytes: Uint8Array, position: number) {
  const id = documentIdOf(position);
  const content = await readDocx({ documentId: id, name: `${position}.docx`, bytes });
  const document = Document.parse({
    ...documentFromLines([], { position, name: `${position}.docx` }),
    ...content,
    format: 'docx',
  });
  const view: EditView = { kind: 'paragraphs', paragraphs: [...redlineParagraphs(bytes)] };
  return { id, document, view };
}

describe('compare-contracts', () => {
  it('finds what is changed, new and moved, and nothing else', () => {
    const { result, faults } = compareLines();

    expect(faults).toEqual([]);
    expect(typesOf(result)).toEqual([
      'changed: 1.1 Invoices',
      'changed: 2.2 Notices ',
      'added: 2.3 The supp',
      'moved: 1.2 The part',
      'changed: Ink | 4.00',
    ]);
    expect(result.changes.map(({ material }) => material)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('writes a redline of the text alone for other formats than DOCX, and says so in memo and result', async () => {
    const { rendering, result, report } = compareLines();
    const spec = { name: 'redline.docx', format: 'redline' } as const;
    const noFile = () => Promise.reject(new Error('Expected no input to be loaded.'));
    const { bytes } = await writeArtifact(spec, rendering, noFile);
    const inLines = (lines: readonly string[]) =>
      lines.map((line) => line.replace(/^# |^\| | \|$/g, '')).flatMap((line) => line.split(' | '));
    const textsOf = (docx: Uint8Array) =>
      redlineParagraphs(docx).flatMap(({ text }) => (text === '' ? [] : [text]));

    expect(textsOf(rejectAll(bytes))).toEqual(inLines(baseLines));
    expect(textsOf(acceptAll(bytes))).toEqual(inLines(revisedLines));
    expect(result.redline.remarks.join()).toContain('base.md and revised.md');
    expect(JSON.stringify(report.blocks.slice(0, 1))).toContain('without its layout');
  });

  it('does not let a model call a changed figure of a payment clause immaterial in silence', () => {
    const { result, faults } = compareLines(lying('played-down'));
    const [payment] = result.changes;

    expect(faults.join()).toMatch(/by the rules payment[\w, -]* this is material/);
    expect(payment?.material).toBe(true);
    expect(payment?.why).toContain('Two opinions');
    expect(payment?.opinions?.program).toContain('a figure changes');
  });

  it('delivers neither an invented rule nor a figure that stands in neither version', () => {
    const rule = compareLines(lying('invented-rule'));
    const figure = compareLines(lying('wrong-number'));

    expect(rule.faults.join()).toContain('none of the rules given');
    expect(rule.result.changes.flatMap(({ rules }) => rules)).not.toContain('paper-boats');
    expect(figure.faults.join()).toContain('figure that is in neither text');
    expect(figure.result.changes[0]?.why).toContain('was left out');
  });

  it('asks again for what an answer leaves out, and names what is left out twice', () => {
    const { result, outcomes, context, report } = compareLines(lying('missing-ids'));
    const unjudged = result.changes.filter(({ material }) => material === null);

    expect(outcomes.filter(({ spec }) => spec.callId.startsWith('classify-1')).length).toBe(1);
    expect(unjudged.length).toBeGreaterThan(0);
    expect(result.counts.notJudged).toBe(unjudged.length);
    expect(compareContracts.account?.(context).problems?.[0]?.code).toBe('answer_invalid');
    expect(JSON.stringify(report.blocks)).toContain('could not be judged');
  });

  it('lists every change as not judged where all calls fail', () => {
    const { result } = compareLines(() => undefined);

    expect(result.changes.map(({ material }) => material)).toEqual([null, null, null, null, null]);
  });

  it('takes rules as YAML or as a list, and names the line of a fault', () => {
    const rule = { id: 'ink', title: 'Ink', words: ['ink'], weight: 'high', why: 'We need it.' };
    const yaml =
      'rules:\n  - {id: ink, title: Ink, words: [ink], weight: high, why: We need it.}\n';
    const broken = CompareParams.safeParse({ materiality: 'rules:\n  - {id: [' });

    expect(compareLines(simulated, { materiality: [rule] }).result.changes[4]?.rules).toEqual([
      'ink',
    ]);
    expect(compareLines(simulated, { materiality: yaml }).result.changes[4]?.rules).toEqual([
      'ink',
    ]);
    expect(broken.error?.issues[0]?.message).toMatch(/^line 2/);
  });

  it('accounts for every line of both documents, and cites what stands there', async () => {
    await fc.assert(
      fc.asyncProperty(contractVersions, async ({ base, revised }) => {
        const one = await wordDocument(docxOf(base), 1);
        const other = await wordDocument(docxOf(revised), 2);
        const run = driveWorkflow(compareContracts, [one.document, other.document], {
          answer: simulated,
          editViews: new Map([
            [one.id, one.view],
            [other.id, other.view],
          ]),
        });
        const { fates } = compareContracts.account?.(run.context) ?? {};
        const units = [...one.document.units, ...other.document.units];
        const result = run.rendering.result as CompareResult;

        expect(run.faults).toEqual([]);
        expect(units.filter(({ id }) => fates?.get(id)?.state !== 'used')).toEqual([]);
        expect(result.changes.every(({ material }) => material !== null)).toBe(true);
        expect(result.redline.hasLayout).toBe(true);
        for (const { unitId, quote } of run.rendering.citations) {
          expect(run.context.unit(unitId)?.text).toContain(quote);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('accounts for every clause of both versions under any edits and whatever the model does', () => {
    const conduct = fc.constantFrom(...Object.keys(conducts));
    fc.assert(
      fc.property(contractVersions, fc.array(conduct, { minLength: 1 }), (given, chosen) => {
        const linesOf = (blocks: typeof given.base) =>
          blocks.map((block) =>
            'text' in block ? block.text : block.rows.map((row) => row.join(' ')).join(' '),
          );
        const documents = [
          documentFromLines(['Contract.', ...linesOf(given.base)], { name: 'base.md' }),
          documentFromLines(['Contract.', ...linesOf(given.revised)], {
            name: 'new.md',
            position: 2,
          }),
        ];
        let asked = 0;
        const run = driveWorkflow(compareContracts, documents, {
          answer: (spec) => {
            asked += 1;
            return conducts[chosen[asked % chosen.length] ?? 'good']?.(spec);
          },
        });
        const honest = driveWorkflow(compareContracts, documents, { answer: simulated });
        const { changes, counts } = run.rendering.result as CompareResult;
        const { fates } = compareContracts.account?.(run.context) ?? {};
        const states = documents.flatMap(({ units }) =>
          units.map(({ id }) => fates?.get(id)?.state),
        );
        const idsOf = ({ rendering }: typeof run) =>
          (rendering.result as CompareResult).changes.map(({ id, before, after }) => [
            id,
            before,
            after,
          ]);

        expect(idsOf(run)).toEqual(idsOf(honest));
        expect(states.every((state) => state === 'used' || state === 'failed')).toBe(true);
        expect(states.includes('failed')).toBe(counts.notJudged > 0);
        expect(changes.filter(({ material }) => material === null)).toHaveLength(counts.notJudged);
        expect(changes.flatMap(({ rules }) => rules)).not.toContain('paper-boats');
      }),
      { numRuns: 25 },
    );
  });
});
