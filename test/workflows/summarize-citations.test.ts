import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallSpec } from '#shared/domain/call.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { unsupportedFigures } from '#shared/workflows/figures.ts';
import type { SummarizeResult } from '#shared/workflows/summarize/report.ts';
import { NoteKind, VerifyOutput } from '#shared/workflows/summarize/schemas.ts';
import { summarize } from '#shared/workflows/summarize/workflow.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { sampleReport } from '../support/sample-report.ts';
import { driveWorkflow } from '../support/workflow-driver.ts';

const document = documentFromLines(sampleReport);
const unitTexts = document.units.map(({ text }) => text);
const unitIds = document.units.map(({ id }) => id);
const stageOf = (spec: CallSpec) => spec.callId.split('-')[0];
const simulated = (spec: CallSpec) => JSON.parse(answerPrompt(spec.messages).content);

/** Quotes as a model gives them: right, nearly right, or its own. */
const quote = fc.oneof(
  fc.constantFrom(...unitTexts),
  fc.constantFrom(...unitTexts).map((text) => text.replaceAll('’', "'").toUpperCase()),
  fc
    .tuple(fc.constantFrom(...unitTexts), fc.nat(60), fc.nat(80))
    .map(([text, from, length]) => text.slice(from, from + length) || text),
  fc.lorem().filter((text) => text !== ''),
);
const words = fc.oneof(
  fc.constantFrom(...unitTexts),
  fc.nat(9_999).map((figure) => `There are ${figure} reasons.`),
  fc.lorem(),
);
const note = fc.record({
  text: words,
  quote,
  unit: fc.oneof(fc.constantFrom(...unitIds), fc.constantFrom('d1.u999', 'd7.u1', 'header', '')),
  kind: fc.constantFrom(...NoteKind.options),
  weight: fc.integer({ min: -3, max: 9 }),
  number: fc.option(fc.record({ label: words, value: fc.nat(3_000).map(String) }), {
    nil: undefined,
  }),
});
const notesAnswer = fc.record({ notes: fc.array(note, { maxLength: 8 }), sectionSummary: words });
const ids = (letter: string) =>
  fc.array(
    fc.nat(30).map((position) => `${letter}${position}`),
    { maxLength: 4 },
  );
const reduceAnswer = fc.record({
  points: fc.array(
    fc.record({
      from: ids('n'),
      text: fc.option(words, { nil: undefined }),
      kind: fc.constantFrom(...NoteKind.options),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
  ),
});
const polishAnswer = fc.record({
  headline: fc.record({ text: words, from: ids('p') }),
  points: fc.array(fc.record({ id: fc.nat(30).map((position) => `p${position}`), text: words })),
});
const answers = fc.record({
  notes: fc.option(notesAnswer, { nil: undefined, freq: 9 }),
  reduce: fc.option(reduceAnswer, { nil: undefined }),
  polish: fc.option(polishAnswer, { nil: undefined }),
});

describe('citations of summarize', () => {
  it('stand in their units letter by letter, whatever the model answers (I8)', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { rendering, report } = driveWorkflow(summarize, [document], {
          params: { chunkTokens: 200 },
          answer: (spec) => given[stageOf(spec) as keyof typeof given],
        });
        const known = new Set(rendering.citations.map(({ id }) => id));
        const cited = JSON.stringify(report.blocks).match(/"c\d+"/g) ?? [];

        for (const citation of rendering.citations) {
          const unit = document.units.find(({ id }) => id === citation.unitId);
          expect(unit?.text.includes(citation.quote)).toBe(true);
          const cells = unit?.table?.cells ?? [citation.quote];
          expect(cells.some((cell) => cell.includes(citation.quote))).toBe(true);
        }
        expect(cited.every((id) => known.has(id.replaceAll('"', '')))).toBe(true);
        const result = rendering.result as SummarizeResult;
        const claims = [
          ...result.points,
          ...result.decisions,
          ...result.risks,
          ...result.openQuestions,
          ...result.numbers,
        ];
        expect(claims.every(({ citations }) => citations.length > 0)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('never support a figure that their document lacks', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { rendering } = driveWorkflow(summarize, [document], {
          answer: (spec) => given[stageOf(spec) as keyof typeof given],
        });
        const { points, risks, numbers, headline } = rendering.result as SummarizeResult;
        const texts = [...points, ...risks].map(({ text }) => text);
        const values = numbers.map(({ value }) => value);

        expect(unsupportedFigures([headline, ...texts, ...values].join(' ; '), unitTexts)).toEqual(
          [],
        );
      }),
      { numRuns: 100 },
    );
  });

  it('leave out an invented quote and count it', () => {
    const invent = (answer: { notes: object[] }) => ({
      ...answer,
      notes: [
        {
          text: 'The moon office approved paper boats.',
          quote: 'the moon office approved many paper boats',
          unit: 'd1.u4',
          kind: 'decision',
          weight: 5,
        },
        ...answer.notes,
      ],
    });
    const run = driveWorkflow(summarize, [document], {
      answer: (spec) => (stageOf(spec) === 'notes' ? invent(simulated(spec)) : simulated(spec)),
    });

    expect(run.faults.join(' ')).toContain('does not stand letter by letter in unit d1.u4');
    expect(VerifyOutput.parse(run.outputs.get('verify')).dropped).toHaveLength(1);
    expect(JSON.stringify(run.rendering)).not.toContain('moon office');
    expect((run.rendering.result as SummarizeResult).dropped).toBe(1);
  });

  it('are found in another unit than the one the model names', () => {
    const run = driveWorkflow(summarize, [document], {
      answer: (spec) => {
        if (stageOf(spec) !== 'notes') return simulated(spec);
        const [first] = simulated(spec).notes;
        return { notes: [{ ...first, unit: 'd1.u1' }], sectionSummary: '' };
      },
    });

    expect(run.faults.join(' ')).toMatch(/letter by letter in unit d1.u1/);
    expect(run.rendering.citations[0]?.unitId).not.toBe('d1.u1');
  });

  it('do not carry a polished wording that brings a figure of its own', () => {
    const run = driveWorkflow(summarize, [document], {
      answer: (spec) => {
        const answer = simulated(spec);
        if (stageOf(spec) !== 'polish') return answer;
        const [first] = answer.points;
        return { headline: answer.headline, points: [{ ...first, text: 'It was 777 at least.' }] };
      },
    });

    expect(run.faults.join(' ')).toContain('figure that is not in the point');
    expect(JSON.stringify(run.rendering)).not.toContain('777');
    expect((run.rendering.result as SummarizeResult).points).toHaveLength(1);
  });
});
