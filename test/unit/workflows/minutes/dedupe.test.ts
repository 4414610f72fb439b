import { describe, expect, it } from '@jest/globals';
import { dedupeStage } from '#shared/workflows/minutes/dedupe.ts';
import { DedupeOutput, type Item } from '#shared/workflows/minutes/schemas.ts';
import { transcriptOf } from '../../../support/meetings.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

const lines = ['Anna: One thing.', 'Ben: Another thing.', 'Anna: A third thing.'];

function item(position: number, text: string, others: Partial<Item> = {}): Item {
  return {
    id: `n${position}`,
    kind: 'action',
    text,
    topic: '',
    evidence: [{ unitId: `d1.u${position}` as never, quote: 'thing' }],
    turn: `t${position}`,
    at: 0,
    owner: { said: 'I', names: ['Anna'], status: 'resolved' },
    due: { said: '', status: 'none' },
    isWithdrawn: false,
    remarks: [],
    ...others,
  };
}

function merged(items: readonly Item[]) {
  const outputs = new Map([['resolve', { items, dropped: [], passedOver: [], unaccounted: [] }]]);
  const context = stageContextOf({ documents: [transcriptOf(lines)], outputs });
  return DedupeOutput.parse(dedupeStage.run(context)).items;
}

describe('dedupe', () => {
  it.each([
    ['Take care of the donor brochure.', 'Take care of the crane certificate.'],
    ['Send the budget plan to Ben.', 'Send the budget plan to Carla.'],
    ['Order 40 red chairs.', 'Order 60 red chairs.'],
    ['Sell the old ferry.', 'Do not sell the old ferry.'],
    ['Den alten Plan verschicken.', 'Den alten Plan nicht verschicken.'],
  ])('keeps “%s” and “%s” apart', (one, other) => {
    expect(merged([item(1, one), item(2, other)])).toHaveLength(2);
  });

  it('keeps the same task of two owners apart', () => {
    const owner = { said: 'Ben', names: ['Ben'], status: 'resolved' } as const;
    const text = 'Send the budget plan.';
    expect(
      merged([item(1, text), item(2, text, { owner: { ...owner, names: ['Ben'] } })]),
    ).toHaveLength(2);
  });

  it('makes one of what is said twice, with both places', () => {
    const [only, ...others] = merged([
      item(1, 'Send the budget plan.'),
      item(3, 'Send the budget plan.'),
    ]);
    expect(others).toEqual([]);
    expect(only?.evidence).toHaveLength(2);
  });

  it('makes one of who has a task and, for the same day, what is to be done', () => {
    const due = { said: 'Friday', date: '2026-03-13', status: 'resolved' } as const;
    const [only, ...others] = merged([
      item(1, 'Anna übernimmt die Lärmstudie.', { due }),
      item(3, 'Anna wird die Lärmstudie bestellen.', { due }),
    ]);

    expect(others).toEqual([]);
    expect(only?.text).toBe('Anna wird die Lärmstudie bestellen.');
    expect(only?.evidence).toHaveLength(2);
  });

  it.each([
    ['Anna takes the noise study.', 'Anna will order the noise study.', '2026-03-13', '2026-03-16'],
    ['Anna takes the noise study.', 'Anna will order the crane.', '2026-03-13', '2026-03-13'],
    ['Anna reads the noise study.', 'Anna will order the noise study.', '2026-03-13', '2026-03-13'],
    ['Anna takes 2 cranes.', 'Anna will order 3 cranes.', '2026-03-13', '2026-03-13'],
  ])('keeps “%s” and “%s” for %s and %s apart', (...[one, other, day, otherDay]) => {
    const dueOn = (date: string) => ({ due: { said: 'x', date, status: 'resolved' as const } });

    expect(merged([item(1, one, dueOn(day)), item(3, other, dueOn(otherDay))])).toHaveLength(2);
  });

  it('lets the later of two dates stand and tells the earlier', () => {
    const due = (said: string, date: string) => ({
      due: { said, date, status: 'resolved' as const },
    });
    const [only] = merged([
      item(1, 'Send the budget plan.', due('by Friday', '2026-03-13')),
      item(3, 'Send the budget plan.', due('by Monday', '2026-03-16')),
    ]);
    expect(only?.due.date).toBe('2026-03-16');
    expect(only?.remarks.join()).toContain('“by Friday”');
  });

  it('tells what the model named in a correction and nobody said', () => {
    const remark = 'The model named “never”, which the transcript does not say there.';
    const [only] = merged([
      item(1, 'Send the budget plan.'),
      item(2, 'Send it.', { corrects: 't1', due: { said: '', status: 'unsupported', remark } }),
    ]);
    expect(only?.remarks).toContain(remark);
  });

  it('says that a correction has nothing to correct', () => {
    const [only] = merged([item(2, 'Send the plan.', { corrects: 't1' })]);
    expect(only?.remarks.join()).toContain('is not noted');
  });
});
