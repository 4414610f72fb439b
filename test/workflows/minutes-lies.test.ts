import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Report } from '#shared/domain/report.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { minutes } from '#shared/workflows/minutes/workflow.ts';
import {
  attendees,
  drive,
  isNotes,
  meeting,
  noticesOf,
  resultOf,
  simulated,
  textOf,
  unverifiedIn,
} from '../support/meeting-runs.ts';
import { transcriptOf } from '../support/meetings.ts';
import type { Answerer } from '../support/workflow-driver.ts';

const lying =
  (fault: FaultName): Answerer =>
  (spec) =>
    JSON.parse(spoilContent(answerPrompt(spec.messages).content, fault));

describe('minutes of a lying model', () => {
  it('ships no invented quote', () => {
    const run = drive([meeting], { answer: lying('invented-quote') });

    expect(run.faults.join()).toContain('does not stand letter by letter');
    expect(JSON.stringify(run.rendering)).not.toContain('paper boats');
    expect(noticesOf(run)).toContain('1 statement of the model was left out');
  });

  it('shows the words of the transcript where a figure is wrong', () => {
    const run = drive([meeting], {
      params: { style: 'brief' },
      answer: lying('wrong-number'),
    });

    expect(run.faults.join()).toContain('a figure that is not in the transcript');
    expect(resultOf(run).decisions[0]?.text).toBe(
      'Okay, so we agreed to cut the travel budget by 10 percent.',
    );
  });

  it('believes the transcript and not the model about an owner', () => {
    const run = drive([meeting], { answer: lying('wrong-owner') });
    const [action] = resultOf(run).actions;

    expect(run.faults.join()).toContain('"owner"');
    expect(action?.owner).toBe('Ben Ode');
    expect(action?.remarks.join()).toContain('The model named');
  });

  it.each([
    ['Ben Ode: I will send the plan by Friday.', '2026-03-13'],
    ['Ben Ode: I will send the plan.', ''],
  ])('ships no date that was not said of “%s”', (line, date) => {
    const answer: Answerer = (spec) => {
      const { notes = [] } = simulated(spec) as { notes?: object[] };
      return { notes: notes.map((note) => ({ ...note, due: 'by 31 January 2031' })) };
    };
    const run = drive([transcriptOf([line])], { answer, params: { style: 'brief' } });

    expect(run.faults.join()).toContain('"due" must be copied');
    expect(resultOf(run).actions.map(({ due }) => due)).toEqual([date]);
    expect(textOf(run.report.blocks)).toContain('which the transcript does not say there');
  });

  it('reads a date from the quote where the model leaves it out', () => {
    const answer: Answerer = (spec) => {
      const { notes = [] } = simulated(spec) as { notes?: object[] };
      return { notes: notes.map((note) => ({ ...note, due: null })) };
    };
    const line = 'Ben Ode: I will send the plan by Friday.';
    const run = drive([transcriptOf([line])], { answer, params: { style: 'brief' } });

    expect(resultOf(run).actions).toMatchObject([{ due: '2026-03-13', dueSaid: 'by Friday' }]);
    expect(resultOf(run).actions[0]?.remarks).toEqual(['Read from the quote by program.']);
  });

  it('names every sentence of which nothing came, and is not whole', () => {
    const run = drive([meeting], { answer: (spec) => (isNotes(spec) ? { notes: [] } : undefined) });
    const quotes = resultOf(run)
      .unaccounted.map(({ quote }) => quote)
      .join('\n');

    for (const words of [
      'cut the travel budget',
      'the finance team by Friday',
      'harbour map',
      '12 chairs',
    ]) {
      expect(quotes).toContain(words);
    }
    expect(minutes.account?.(run.context).problems).toMatchObject([{ code: 'answer_invalid' }]);
    expect(noticesOf(run)).toContain('may not be complete');
    expect(unverifiedIn(run, [meeting])).toEqual([]);
  });

  it('ships no summary with a figure or a person that its notes do not have', () => {
    const wordsOf = (summary: string) => {
      const answer: Answerer = (spec) => {
        const honest = simulated(spec) as { topics: object[] };
        return isNotes(spec)
          ? honest
          : { topics: honest.topics.map((topic) => ({ ...topic, summary })) };
      };
      return resultOf(drive([meeting], { answer }))
        .topics.map((topic) => topic.summary)
        .join('');
    };

    expect(wordsOf('The budget was cut.')).toBe('The budget was cut.');
    expect(wordsOf('The budget was cut by 77 percent.')).toBe('');
    expect(wordsOf('Dana cut the budget.')).toBe('');
  });

  it('accounts for every unit and cites only what stands there, under any parts, answers and faults (I6, I8)', () => {
    const sentences = [
      "I'll send the plan by Friday.",
      'We agreed to sell the ferry for 40 euros.',
      'No, make it the 15th.',
      'Um.',
      'Ben, can you check the roof?',
      'Sure.',
      'The numbers rose by 12 percent in the last five weeks.',
      'Scratch that, we no longer need it.',
    ];
    const line = fc
      .tuple(
        fc.constantFrom(...attendees),
        fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 3 }),
      )
      .map(([speaker, said]) => `${speaker}: ${said.join(' ')}`);
    const faults = [
      undefined,
      'invented-quote',
      'wrong-number',
      'wrong-owner',
      'wrong-due',
      'missing-ids',
      'extra-ids',
      'wrong-schema',
    ] as const;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(200, 300, 2_500),
        fc.array(fc.constantFrom(...faults, 'fails' as const), { minLength: 1, maxLength: 5 }),
        (lines, chunkTokens, order) => {
          const document = transcriptOf(lines);
          let asked = 0;
          const answer: Answerer = (spec) => {
            const fault = order[asked++ % order.length];
            if (fault === 'fails') return undefined;
            return JSON.parse(spoilContent(answerPrompt(spec.messages).content, fault));
          };
          const run = drive([document], { params: { chunkTokens }, answer });
          const carried = new Set(run.outcomes.flatMap(({ spec }) => spec.unitIds));
          const fates = minutes.account?.(run.context).fates ?? new Map();

          for (const { id } of document.units) expect(carried.has(id) || fates.has(id)).toBe(true);
          expect(Report.safeParse(run.report).success).toBe(true);
          expect(unverifiedIn(run, [document])).toEqual([]);
          const result = resultOf(run);
          const known = new Set(run.rendering.citations.map(({ id }) => id));
          for (const each of [...result.actions, ...result.decisions]) {
            expect(each.citations.length).toBeGreaterThan(0);
            expect(each.citations.every((id) => known.has(id))).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
