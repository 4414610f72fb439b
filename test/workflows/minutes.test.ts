import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallSpec } from '#shared/domain/call.ts';
import type { Document } from '#shared/domain/document.ts';
import { Report, type ReportBlock } from '#shared/domain/report.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import type { MinutesResult } from '#shared/workflows/minutes/result.ts';
import { minutes } from '#shared/workflows/minutes/workflow.ts';
import { transcriptOf } from '../support/meetings.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { type Answerer, type DriverRun, driveWorkflow } from '../support/workflow-driver.ts';

const attendees = ['Anna Meyer', 'Ben Ode', 'Carla Diaz', 'Dana Wolf'];
const params = { date: '2026-03-11', attendees };
const meeting = transcriptOf([
  "Anna Meyer: Let's start with the budget.",
  'Ben Ode: The forecast stands at 420,000 euros, which is 5 percent above the plan.',
  'Anna Meyer: Okay, so we agreed to cut the travel budget by 10 percent.',
  "Ben Ode: I'll send the revised budget to",
  'Ben Ode: the finance team by Friday.',
  'Carla Diaz: No, make it the 30th.',
  'Ben Ode: Um.',
  'Anna Meyer: We decided nothing about the parking spaces.',
  'Anna Meyer: Could you draft the harbour map by next Tuesday?',
  'Carla Diaz: Sure, will do.',
  'Erik Moe: Carla will draft the harbour map by next Tuesday.',
  'Anna Meyer: I will order 12 chairs by 30 February.',
  'Anna Meyer: It is still unclear who pays for the lamps.',
]);

const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
const lying =
  (fault: FaultName): Answerer =>
  (spec) =>
    JSON.parse(spoilContent(answerPrompt(spec.messages).content, fault));
const resultOf = (run: DriverRun) => run.rendering.result as MinutesResult;
const isNotes = (spec: CallSpec) => spec.callId.startsWith('notes');

function drive(
  documents: readonly Document[],
  options: { params?: object; answer?: Answerer } = {},
) {
  return driveWorkflow(minutes, documents, {
    params: { ...params, ...options.params },
    answer: options.answer ?? simulated,
  });
}

function textOf(blocks: readonly ReportBlock[]): string {
  return JSON.stringify(blocks);
}

function noticesOf(run: DriverRun): string {
  return run.report.blocks
    .flatMap((block) => (block.kind === 'notice' ? block.text : []))
    .join('\n');
}

function expectVerified(run: DriverRun, documents: readonly Document[]) {
  const units = new Map(documents.flatMap((each) => each.units).map(({ id, text }) => [id, text]));
  for (const { unitId, quote } of run.rendering.citations)
    expect(units.get(unitId)).toContain(quote);
}

describe('minutes', () => {
  it('is in the catalog', () => {
    expect(findWorkflow('minutes')).toBe(minutes);
  });

  it('gives decisions and actions with owner, date, quote and time', () => {
    const run = drive([meeting]);
    const { decisions, actions, openQuestions } = resultOf(run);

    expect(run.faults).toEqual([]);
    expect(decisions.map(({ text, time }) => `${time} ${text}`)).toEqual([
      '00:00:20 We agreed to cut the travel budget by 10 percent.',
    ]);
    expect(actions.map(({ owner, due, time, text }) => [owner, due, time, text])).toEqual([
      ['Ben Ode', '2026-03-30', '00:00:30', 'Send the revised budget to the finance team.'],
      ['Carla Diaz', '2026-03-17', '00:01:20', 'Draft the harbour map.'],
      ['Anna Meyer', '', '00:01:50', 'Order 12 chairs.'],
    ]);
    expect(openQuestions).toHaveLength(1);
    expectVerified(run, [meeting]);
  });

  it('keeps the later date of a correction and tells the earlier', () => {
    const [action] = resultOf(drive([meeting])).actions;

    expect(action?.remarks.join()).toContain('before, it was “by Friday”');
    expect(action?.quote).toContain('by Friday. No, make it the 30th.');
  });

  it('makes one action of what is said twice', () => {
    const { actions, merged } = resultOf(drive([meeting]));

    expect(actions.filter(({ text }) => text.includes('harbour'))).toHaveLength(1);
    expect(actions[1]?.citations).toHaveLength(2);
    expect(merged).toBe(2);
  });

  it('says on the first page that there is no 30 February', () => {
    const run = drive([meeting]);

    expect(resultOf(run).actions[2]).toMatchObject({
      dueStatus: 'impossible',
      dueSaid: 'by 30 February',
    });
    expect(noticesOf(run)).toContain('The date cannot be right for action 3.');
  });

  it('names who spoke without an invitation and who was silent', () => {
    const run = drive([meeting]);

    expect(resultOf(run)).toMatchObject({ uninvited: ['Erik Moe'], silent: ['Dana Wolf'] });
    expect(textOf(run.report.blocks)).toContain('Dana Wolf');
  });

  it('leaves out who only considered, and says why in the result', () => {
    const { passedOver } = resultOf(drive([meeting]));

    expect(passedOver).toContainEqual({
      quote: 'We decided nothing about the parking spaces.',
      time: '00:01:10',
      reason: 'nothing was decided',
    });
  });

  it('assumes the day of the submission where no date is given, and says so', () => {
    const run = driveWorkflow(minutes, [meeting], { answer: simulated });

    expect(resultOf(run)).toMatchObject({ date: '2026-11-21', isDateAssumed: true });
    expect(noticesOf(run)).toContain('2026-11-21');
  });

  it('skips a sound with its reason and nothing else', () => {
    const account = minutes.account?.(drive([meeting]).context);

    expect([...(account?.fates ?? [])]).toEqual([
      ['d1.u7', { state: 'skipped', reason: 'a sound, no words' }],
    ]);
    expect(account?.problems).toBeUndefined();
  });

  it('writes in the order of the agenda, with the points that were not touched', () => {
    const agenda = ['Staff', 'Budget'];
    const { topics } = resultOf(drive([meeting], { params: { agenda } }));

    expect(topics.filter(({ isOnAgenda }) => isOnAgenda).map(({ title }) => title)).toEqual(agenda);
    expect(topics[1]?.points).toHaveLength(1);
    expect(topics[0]?.points).toEqual([]);
  });

  it('says in German what is German', () => {
    const german = transcriptOf([
      'Anna Meyer: Wir haben beschlossen, das Depot im Norden zu schließen und die Uniformen zu behalten.',
      'Ben Ode: Ich kümmere mich bis Ende März um den neuen Lichtplan, weil das noch nicht erledigt ist.',
    ]);
    const run = drive([german]);

    expect(run.report.language).toBe('de');
    expect(textOf(run.report.blocks)).toContain('Beschlüsse');
    expect(resultOf(run).actions).toMatchObject([{ owner: 'Ben Ode', due: '2026-03-31' }]);
  });

  it('names the part of the meeting with the time where there are several', () => {
    const parts = [
      transcriptOf(['Anna Meyer: We agreed to paint the hall.'], { name: 'one.vtt' }),
      transcriptOf(['Ben Ode: I will send the plan by Friday.'], { position: 2, name: 'two.vtt' }),
    ];
    const { decisions, actions } = resultOf(drive(parts));

    expect([decisions[0]?.time, actions[0]?.time]).toEqual([
      'one.vtt, 00:00:00',
      'two.vtt, 00:00:00',
    ]);
  });

  it('fills in each template, and says what a template lacks', () => {
    const template = (position: number, name: string, lines: readonly string[]): Document => ({
      ...documentFromLines(lines, { position, name }),
      format: 'docx',
    });
    const documents = [
      meeting,
      template(2, 'house.docx', ['{{title}} of {{date}}', 'Present: {{attendees}}', '{{content}}']),
      template(3, 'board.docx', ['Board', '{{chairperson}}']),
    ];
    const { contents = {} } = drive(documents, {
      params: { template: ['house.docx', 'board.docx'], title: 'Weekly' },
    }).rendering;
    const [house, board] = [contents['minutes.docx'], contents['minutes-board.docx']];

    if (house?.format !== 'docx' || board?.format !== 'docx') throw new Error('Expected two DOCX.');
    expect(house).toMatchObject({
      template: 'd2',
      fields: { title: 'Weekly', date: '2026-03-11' },
    });
    expect(board.template).toBe('d3');
    expect(textOf(house.report.blocks)).not.toContain('"Attendees: "');
    expect(textOf(board.report.blocks)).toContain('"Attendees: "');
    expect(textOf(board.report.blocks)).toContain('no paragraph {{content}}');
    expect(textOf(board.report.blocks)).toContain('chairperson');
  });

  it('goes without summaries where the wording fails, and says so', () => {
    const run = drive([meeting], {
      answer: (spec) => (isNotes(spec) ? simulated(spec) : undefined),
    });

    expect(noticesOf(run)).toContain('did not succeed');
    expect(resultOf(run).actions).toHaveLength(3);
  });

  it('estimates the calls that follow', () => {
    const { outcomes, context } = drive([meeting]);
    const calls = outcomes.map(({ spec }) => spec).filter(isNotes);
    const [compose] = minutes.estimateRest?.(context, calls) ?? [];
    const asked = outcomes.length - calls.length;

    expect(compose?.calls.low).toBeLessThanOrEqual(asked);
    expect(compose?.calls.high).toBeGreaterThanOrEqual(asked);
  });
});

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
    expectVerified(run, [meeting]);
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
          expectVerified(run, [document]);
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
