import { describe, expect, it } from '@jest/globals';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';

const answer = JSON.stringify({
  status: 'answered',
  statements: [{ text: 'So.', evidence: [{ quote: 'so it is', unit: 'd1.u1' }] }],
});
const notes = JSON.stringify({ notes: [{ text: 'So.' }] });

describe('answers to questions that lie', () => {
  it('invent a statement, and leave other answers alone', () => {
    const spoiled = JSON.parse(spoilContent(answer, 'invented-answer'));

    expect(spoiled.statements).toHaveLength(2);
    expect(spoiled.statements[0].text).toContain('paper boats');
    expect(spoilContent(notes, 'invented-answer')).toBe(notes);
  });

  it('drop what was found, and leave other answers alone', () => {
    expect(JSON.parse(spoilContent(answer, 'dropped-answer'))).toMatchObject({
      status: 'not-found',
      statements: [],
    });
    expect(spoilContent(notes, 'dropped-answer')).toBe(notes);
  });
});
