import { describe, expect, it } from '@jest/globals';
import { sampleOf } from '#shared/simulator/answers/sample.ts';
import { maskSensitive } from '#shared/simulator/core/mask.ts';
import { spoilContent } from '#shared/simulator/spoil/spoil-content.ts';
import { writePrompt } from '#shared/workflows/prompt.ts';

const answer = {
  notes: [
    { text: 'Costs rose by 4 %', quote: 'rose by 4 %', unit: 'd1.u1' },
    { text: 'Sales fell', quote: 'fell', unit: 'd1.u2' },
  ],
  sectionSummary: 'In 2025 costs rose.',
};
const content = JSON.stringify(answer);

describe('spoilContent', () => {
  it('leaves out half of the items', () => {
    expect(JSON.parse(spoilContent(content, 'missing-ids'))).toEqual({
      ...answer,
      notes: answer.notes.slice(0, 1),
    });
  });

  it('adds an item under an id that nobody gave', () => {
    const { notes } = JSON.parse(spoilContent(content, 'extra-ids'));

    expect(notes).toHaveLength(3);
    expect(notes[2]).toEqual({ text: 'Sales fell', quote: 'fell', unit: 'x9.u999' });
  });

  it('changes one figure of what is said, and none of what is quoted', () => {
    const wrong = JSON.parse(spoilContent(content, 'wrong-number'));

    expect(wrong).toEqual({
      ...answer,
      notes: [{ ...answer.notes[0], text: 'Costs rose by 11 %' }, answer.notes[1]],
    });
  });

  it('gives JSON of another shape, and JSON that is cut', () => {
    expect(Object.keys(JSON.parse(spoilContent(content, 'wrong-schema')))).toEqual([
      'result',
      'confidence',
    ]);
    expect(() => JSON.parse(spoilContent(content, 'cut-json'))).toThrow('JSON');
  });

  it('breaks the tags of what is translated, and puts another word for a term that the question gives', () => {
    const translated = JSON.stringify({
      segments: [{ id: 'd1.s1', text: '<g1>Die Rechnung</g1> ist da' }],
    });
    const asked = writePrompt({
      id: 'translate.translate@1',
      instructions: '',
      facts: {},
      sections: { glossary: [{ tag: 't1', text: 'invoice => Rechnung' }] },
    });

    expect(spoilContent(translated, 'broken-tags')).toContain('"<g1>Die Rechnung ist da"');
    expect(spoilContent(translated, 'wrong-term', asked)).toContain('Die Zwickelwurz');
    expect(spoilContent(translated, 'wrong-term')).toBe(translated);
    expect(spoilContent(content, 'broken-tags')).toBe(content);
  });

  it('leaves an answer alone that has another fault', () => {
    expect(spoilContent(content, 'reset')).toBe(content);
    expect(spoilContent(content, undefined)).toBe(content);
  });
});

describe('sampleOf', () => {
  it.each([
    {
      schema: {
        type: 'object',
        properties: {
          a: { type: 'string' },
          b: { type: 'array', items: { type: 'integer', minimum: 3 } },
        },
      },
      sample: { a: 'text', b: [3] },
    },
    { schema: { enum: ['x', 'y'] }, sample: 'x' },
    { schema: { type: ['boolean', 'null'] }, sample: true },
    { schema: undefined, sample: {} },
  ])('makes $sample', ({ schema, sample }) => {
    expect(sampleOf(schema)).toEqual(sample);
  });
});

describe('maskSensitive', () => {
  it.each([
    { text: 'Mail a.b+c@example.co.uk now', masked: 'Mail **** now' },
    { text: 'IBAN 1234 5678 9012', masked: 'IBAN ****' },
    { text: 'Costs of 1,234.56 in 2025', masked: 'Costs of 1,234.56 in 2025' },
  ])('of $text leaves $masked', ({ text, masked }) => {
    expect(maskSensitive(text)).toBe(masked);
  });
});
