import { expect, it } from '@jest/globals';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';

const notes = [
  { kind: 'decision', text: 'We sell.' },
  { kind: 'action', text: 'Send it.', owner: 'Anna', due: 'by Friday' },
  { kind: 'action', text: 'Read it.', owner: 'Ben' },
];
const spoiled = (given: readonly object[], fault: 'wrong-owner' | 'wrong-due') =>
  JSON.parse(spoilContent(JSON.stringify({ notes: given }), fault)).notes;

it('gives the first action the owner of another', () => {
  expect(spoiled(notes, 'wrong-owner')).toEqual([
    notes[0],
    { ...notes[1], owner: 'Ben' },
    notes[2],
  ]);
});

it('gives the only owner’s action to a stranger', () => {
  expect(spoiled(notes.slice(0, 2), 'wrong-owner')[1].owner).toBe('Zoltan Quandary');
});

it('changes the first date', () => {
  expect(spoiled(notes, 'wrong-due')).toEqual([
    notes[0],
    { ...notes[1], due: 'by 31 January 2031' },
    notes[2],
  ]);
});

it('leaves another answer as it is', () => {
  expect(spoilContent('{"topics":[]}', 'wrong-owner')).toBe('{"topics":[]}');
  expect(spoilContent('none', 'wrong-due')).toBe('none');
});
