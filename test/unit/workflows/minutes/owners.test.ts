import { describe, expect, it } from '@jest/globals';
import { contradictionOf, resolveOwner } from '#shared/workflows/minutes/owners.ts';
import { createPeople } from '#shared/workflows/minutes/people.ts';
import { createTurnTexts } from '#shared/workflows/minutes/turn-text.ts';
import { makeTurns } from '#shared/workflows/minutes/turns.ts';
import { transcriptOf } from '../../../support/meetings.ts';
import { stageContextOf } from '../../../support/stage-context.ts';

const attendees = [
  { name: 'Anna Meyer', role: 'Chair' },
  { name: 'Ben Ode', email: 'ben.ode@example.org' },
  { name: 'Christian Roth', aliases: ['Chris'] },
  { name: 'Alex Stone' },
  { name: 'Alex Brandt' },
];

/** The owner of an action whose quote is the first line. */
function ownerOf(lines: readonly string[], owner?: string) {
  const context = stageContextOf({ documents: [transcriptOf(lines)] });
  const { turns } = makeTurns({ ...context, params: { attendees } });
  const texts = createTurnTexts(context, turns);
  const [turn] = turns;
  if (turn === undefined) throw new Error('Expected a turn.');
  const claim = { quote: texts.textOf(turn), owner };
  const given = { turn, texts, people: createPeople(attendees, turns) };
  return { ...resolveOwner(claim, given), contradiction: contradictionOf(claim, given) };
}

describe('resolveOwner', () => {
  it.each([
    [['Anna Meyer: I will send the plan.'], 'I', 'Anna Meyer'],
    [['Anna Meyer: I will send the plan.'], undefined, 'Anna Meyer'],
    [['Anna Meyer: Ich schicke den Plan.'], 'ich', 'Anna Meyer'],
    [['Anna Meyer: Den Plan übernehme ich.'], undefined, 'Anna Meyer'],
    [['Anna Meyer: Ben will send the plan.'], 'Ben', 'Ben Ode'],
    [['Anna Meyer: So Ben will send the plan.'], undefined, 'Ben Ode'],
    [['Anna Meyer: Chris takes the plan.'], 'Chris', 'Christian Roth'],
    [['Anna Meyer: Herr Roth übernimmt den Plan.'], 'Herr Roth', 'Christian Roth'],
    [['Ben Ode: The plan goes to AM then.'], 'AM', 'Anna Meyer'],
    [['Ben Ode: The plan goes to the chair.'], 'the chair', 'Anna Meyer'],
    [['Anna Meyer: Ben, can you send the plan?', 'Alex Stone: Fine.'], 'you', 'Ben Ode'],
    [['Anna Meyer: Can you send the plan?', 'Ben Ode: Sure.'], 'you', 'Ben Ode'],
    [['Anna Meyer: Kannst du den Plan schicken?', 'Ben Ode: Ja, mache ich.'], 'du', 'Ben Ode'],
    [['Anna Meyer: Ben and Chris will send the plan.'], 'Ben and Chris', 'Ben Ode, Christian Roth'],
    [['Anna Meyer: Ben and Chris will send the plan.'], 'Ben', 'Ben Ode, Christian Roth'],
  ])('finds of %j with the owner %s: %s', (lines, said, name) => {
    const owner = ownerOf(lines, said);
    expect(owner.names.join(', ')).toBe(name);
    expect(owner.status).toBe('resolved');
    expect(owner.contradiction).toBeUndefined();
  });

  it('names both where a first name is that of two', () => {
    const owner = ownerOf(['Anna Meyer: Alex will send the plan.'], 'Alex');
    expect(owner).toMatchObject({ status: 'ambiguous', names: [] });
    expect(owner.remark).toContain('Alex Stone or Alex Brandt');
  });

  it('keeps a name that nobody on the list has, and says so', () => {
    const owner = ownerOf(['Anna Meyer: Mallory will send the plan.'], 'Mallory');
    expect(owner).toMatchObject({ status: 'unknown', names: ['Mallory'] });
    expect(owner.remark).toContain('not on the list');
  });

  it('does not know who “you” is where nobody agrees', () => {
    const owner = ownerOf(['Anna Meyer: Can you send the plan?', 'Ben Ode: Rather not.'], 'you');
    expect(owner).toMatchObject({ status: 'unknown', names: [] });
  });

  it('does not know who “I” is where no speaker is named', () => {
    expect(ownerOf(['I will send the plan.'], 'I')).toMatchObject({ status: 'unknown', names: [] });
  });

  it('takes “we” for a group', () => {
    expect(ownerOf(['Anna Meyer: We need to send the plan.'], 'we')).toMatchObject({
      status: 'group',
    });
  });

  it('has no owner where none was named', () => {
    expect(ownerOf(['Anna Meyer: The plan has to be sent.'])).toMatchObject({
      status: 'none',
      said: '',
    });
  });

  it.each([
    [['Anna Meyer: I will send the plan.', 'Ben Ode: Thanks, Chris too.'], 'Ben', 'Anna Meyer'],
    [['Anna Meyer: Ben will send the plan.', 'Christian Roth: Good.'], 'Chris', 'Ben Ode'],
    [['Anna Meyer: Ben will send the plan.'], 'I', 'Ben Ode'],
    [['Anna Meyer: Can you send the plan?', 'Ben Ode: Sure, Chris.'], 'Chris', 'Ben Ode'],
  ])('believes the quote %j and not the model that names %s', (lines, said, name) => {
    const owner = ownerOf(lines, said);
    expect(owner.names).toEqual([name]);
    expect(owner.contradiction).toContain('not who the quote says');
    expect(owner.remark).toContain('The model named');
  });

  it('ships no owner of whom nobody speaks', () => {
    const owner = ownerOf(['Anna Meyer: The plan has to be sent.'], 'Zoltan Quandary');
    expect(owner).toMatchObject({ status: 'unsupported', names: [] });
    expect(owner.contradiction).toContain('in the words of the turn');
  });
});

describe('createPeople', () => {
  const people = createPeople(attendees, [
    { id: 't1', speaker: 'Meyer, Anna', pieces: [], unitIds: [] as never },
    { id: 't2', speaker: 'Ben Ode (Guest)', pieces: [], unitIds: [] as never },
    { id: 't3', speaker: 'Carla Diaz', pieces: [], unitIds: [] as never },
  ]);

  it('knows speakers by what the transcript calls them', () => {
    expect(people.ofSpeaker('Meyer, Anna')).toBe('Anna Meyer');
    expect(people.ofSpeaker('Ben Ode (Guest)')).toBe('Ben Ode');
    expect(people.ofSpeaker('Carla Diaz')).toBe('Carla Diaz');
  });

  it('tells who was not invited and who said nothing', () => {
    expect(people.uninvited).toEqual(['Carla Diaz']);
    expect(people.silent).toEqual(['Christian Roth', 'Alex Stone', 'Alex Brandt']);
  });

  it.each([
    ['anna', 'Anna Meyer'],
    ['Dr. Meyer', 'Anna Meyer'],
    ['A. Meyer', 'Anna Meyer'],
    ['Anna M.', 'Anna Meyer'],
    ['ben.ode@example.org', 'Ben Ode'],
    ['CR', 'Christian Roth'],
    ['Diaz', 'Carla Diaz'],
  ])('takes %s for %s', (called, name) => {
    expect(people.match(called)).toEqual({ kind: 'one', name });
  });
});
