import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { coverageOf } from '#shared/steps/task-coverage.ts';
import type { AnswersResult } from '#shared/workflows/answer-questions/result.ts';
import { answerQuestions } from '#shared/workflows/answer-questions/workflow.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { type Answerer, type DriverRun, driveWorkflow } from '../support/workflow-driver.ts';

const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
const stageOf = (spec: CallSpec) => spec.callId.split('-')[0];
const questionOf = (spec: CallSpec) => String(spec.context['question']);

const policy = documentFromLines(
  [
    '# Security policy',
    'Passwords must have at least 14 characters.',
    '# Backups',
    'Backups are encrypted with AES-256 and kept for 35 days.',
    '| Site | Employees |',
    '| Berlin | 120 |',
    '| Oslo | 450 |',
  ],
  { name: 'policy.md' },
);
const lease = documentFromLines(
  ['# Lease of the Hamburg office', 'The monthly rent is EUR 12,400 and includes heating.'],
  { name: 'lease.md', position: 2 },
);
const documents = [policy, lease];
const questions = [
  'How long are backups kept?',
  'What is the monthly rent of the Hamburg office?',
  'How many employees does the Oslo site have?',
  'Which court decides about passwords?',
];

const resultOf = (run: DriverRun) => run.rendering.result as AnswersResult;
const statusesOf = (run: DriverRun) => resultOf(run).questions.map(({ status }) => status);
const noticesOf = (run: DriverRun) => {
  const content = run.rendering.contents?.['answers.docx'];
  const blocks = content?.format === 'docx' ? content.report.blocks : [];
  return blocks.flatMap((block) => (block.kind === 'notice' ? block.text : [])).join(' ');
};
const coverageOfRun = (run: DriverRun, given: readonly Document[]) =>
  coverageOf(given, run.outcomes, answerQuestions.account?.(run.context));

function drive(answer: Answerer, params: Record<string, unknown> = {}) {
  return driveWorkflow(answerQuestions, documents, { params: { questions, ...params }, answer });
}

describe('answer-questions', () => {
  it('answers from sentences and tables, and says what it has not found', () => {
    const run = drive(simulated);
    const [backups, rent, employees, court] = resultOf(run).questions;

    expect(statusesOf(run)).toEqual(['answered', 'answered', 'answered', 'not-found']);
    expect(backups?.answer).toContain('35 days');
    expect(rent?.answer).toContain('12,400');
    expect(employees?.answer).toContain('450');
    expect(court).toMatchObject({ answer: '', citations: [] });
    expect(run.faults).toEqual([]);
  });

  it('cites only what stands in the documents (I8)', () => {
    const run = drive(simulated);

    expect(run.rendering.citations.length).toBeGreaterThanOrEqual(3);
    for (const { unitId, quote } of run.rendering.citations) {
      expect(run.context.unit(unitId)?.text).toContain(quote);
    }
  });

  it('calls nothing not found before a second look', () => {
    const run = drive(simulated);
    const looks = run.outcomes.filter(({ spec }) => questionOf(spec) === 'q4');

    expect(looks.map(({ spec }) => spec.callId.split('-')[1])).toEqual(['0', '1']);
  });

  it('finds in the second look what the first one missed', () => {
    const run = drive((spec) =>
      stageOf(spec) === 'answer' && spec.callId.startsWith('answer-0')
        ? { status: 'not-found', statements: [] }
        : simulated(spec),
    );

    expect(statusesOf(run)).toEqual(['answered', 'answered', 'answered', 'not-found']);
  });

  it('searches with the words of the questions where no rewrite came', () => {
    const run = drive((spec) => (stageOf(spec) === 'rewrite' ? undefined : simulated(spec)));

    expect(statusesOf(run).slice(0, 3)).toEqual(['answered', 'answered', 'answered']);
    expect(noticesOf(run)).toContain('their own words only');
  });

  it('names a question whose calls failed, and never calls it not found (I6)', () => {
    const run = drive((spec) => (questionOf(spec) === 'q1' ? undefined : simulated(spec)));
    const problems = answerQuestions.account?.(run.context).problems;

    expect(statusesOf(run)).toEqual(['failed', 'answered', 'answered', 'not-found']);
    expect(problems).toMatchObject([{ code: 'model_unavailable', details: { questions: ['q1'] } }]);
    expect(noticesOf(run)).toContain('1 of 4 questions could not be put to the model');
  });

  it('does not call a question not found whose second look failed', () => {
    const run = drive((spec) => (spec.callId.startsWith('answer-1') ? undefined : simulated(spec)));

    expect(statusesOf(run)).toEqual(['answered', 'answered', 'answered', 'failed']);
  });

  it('drops invented quotes and changed figures in strict mode', () => {
    const lie = (spec: CallSpec) => ({
      status: 'answered',
      statements: [
        {
          text: 'Backups are kept for 99 days.',
          evidence: [{ quote: 'kept for 35 days', unit: 'd1.u4' }],
        },
        {
          text: 'Backups are blue.',
          evidence: [{ quote: 'backups are painted blue', unit: spec.unitIds[0] }],
        },
        { text: 'Backups exist.', evidence: [] },
      ],
    });
    const run = drive((spec) => (stageOf(spec) === 'answer' ? lie(spec) : simulated(spec)));
    const [first] = resultOf(run).questions;

    expect(first).toMatchObject({ status: 'not-found', answer: '' });
    expect(first?.issues).toHaveLength(4);
    expect(run.faults.length).toBeGreaterThanOrEqual(3);
  });

  it('keeps a statement without a quote only where it is not strict, and marks it', () => {
    const claim = { status: 'answered', statements: [{ text: 'Backups exist.', evidence: [] }] };
    const answer: Answerer = (spec) => (stageOf(spec) === 'answer' ? claim : simulated(spec));
    const strict = resultOf(drive(answer)).questions[0];
    const free = resultOf(drive(answer, { strict: false })).questions[0];

    expect(strict?.status).toBe('not-found');
    expect(free).toMatchObject({ status: 'partial', answer: 'Backups exist.', citations: [] });
    expect(free?.issues.join(' ')).toContain('no quote');
  });

  it('takes no quote from a unit that was not shown', () => {
    const foreign = { quote: 'The monthly rent is EUR 12,400', unit: 'd2.u2' };
    const run = driveWorkflow(answerQuestions, documents, {
      params: { questions: ['How long are backups kept?'], topK: 1 },
      answer: (spec) =>
        stageOf(spec) === 'answer'
          ? { status: 'answered', statements: [{ text: 'EUR 12,400.', evidence: [foreign] }] }
          : simulated(spec),
    });

    expect(statusesOf(run)).toEqual(['not-found']);
    expect(run.faults.join(' ')).toContain('must be one of the ids');
  });

  it('asks nothing of the model where no passage has a word of the question', () => {
    const run = driveWorkflow(answerQuestions, documents, {
      params: { questions: ['Xylophone?'] },
      answer: (spec) => (stageOf(spec) === 'rewrite' ? { rewrites: [] } : simulated(spec)),
    });

    expect(run.outcomes.filter(({ spec }) => stageOf(spec) === 'answer')).toEqual([]);
    expect(resultOf(run).questions[0]?.issues.join(' ')).toContain('No passage');
  });

  it('keeps ids that the submitter gives and takes a text of several lines as several questions', () => {
    const byId = drive(simulated, { questions: [{ id: 'SEC-7', text: questions[0] }] });
    const byLine = drive(simulated, { questions: questions.join('\n') });

    expect(resultOf(byId).questions[0]).toMatchObject({ id: 'q1', label: 'SEC-7' });
    expect(statusesOf(byLine)).toEqual(['answered', 'answered', 'answered', 'not-found']);
  });

  it('refuses a file of questions that is not among the inputs', () => {
    expect(() => drive(simulated, { questions: 'missing.xlsx' })).toThrow(
      expect.objectContaining({ code: 'invalid_params' }),
    );
  });
});

describe('answer-questions, whatever the model answers', () => {
  const unitIds = documents.flatMap(({ units }) => units.map(({ id }) => id as string));
  const quotes = documents.flatMap(({ units }) => units.map(({ text }) => text));
  const evidence = fc.record({
    quote: fc.oneof(fc.constantFrom(...quotes), fc.lorem()),
    unit: fc.oneof(fc.constantFrom(...unitIds), fc.constantFrom('d9.u1', 'header', '')),
  });
  const statement = fc.record({
    text: fc.oneof(fc.constantFrom(...quotes), fc.constant('There are 77 reasons.')),
    evidence: fc.array(evidence, { maxLength: 3 }),
  });
  const answer = fc.record({
    status: fc.constantFrom('answered', 'partial', 'not-found'),
    statements: fc.array(statement, { maxLength: 3 }),
  });
  const anything = fc.option(fc.oneof(answer, fc.constant('no JSON at all')), { nil: undefined });

  it('accounts for every question and every unit, and ships only what is supported', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (answers, topK) => {
          let asked = 0;
          const run = drive(
            (spec) => {
              if (stageOf(spec) === 'rewrite') return simulated(spec);
              asked += 1;
              return answers[asked % answers.length];
            },
            { topK },
          );
          const { counts, questions: found } = resultOf(run);
          const { totals, documents: ledgers } = coverageOfRun(run, documents);

          expect(found.map(({ question }) => question)).toEqual(questions);
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(
            questions.length,
          );
          expect(totals.units).toBe(unitIds.length);
          expect(totals.used + totals.skipped + totals.failed).toBe(totals.units);
          expect(ledgers.flatMap(({ units }) => units.map(({ unitId }) => unitId))).toEqual(
            unitIds,
          );
          for (const { status, statements } of found) {
            expect(statements.every(({ citations }) => citations.length > 0)).toBe(true);
            expect(statements.length > 0).toBe(status === 'answered' || status === 'partial');
          }
          const texts = found.flatMap(({ statements }) => statements.map(({ text }) => text));
          expect(texts).not.toContain('There are 77 reasons.');
          const isAnyFailed = found.some(({ status }) => status === 'failed');
          expect(answerQuestions.account?.(run.context).problems?.length !== 0).toBe(isAnyFailed);
        },
      ),
      { numRuns: 25 },
    );
  });
});
