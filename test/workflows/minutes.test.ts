import { describe, expect, it } from '@jest/globals';
import type { Document } from '#shared/domain/document.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { minutes } from '#shared/workflows/minutes/workflow.ts';
import {
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
import { documentFromLines } from '../support/sample-documents.ts';
import { driveWorkflow } from '../support/workflow-driver.ts';

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
    expect(unverifiedIn(run, [meeting])).toEqual([]);
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
