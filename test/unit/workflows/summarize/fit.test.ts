import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countWords } from '#shared/workflows/language.ts';
import { fitToRoom, groupOf } from '#shared/workflows/summarize/fit.ts';
import { NoteKind } from '#shared/workflows/summarize/schemas.ts';

const claim = fc.record({
  text: fc.lorem({ maxCount: 30 }),
  kind: fc.constantFrom(...NoteKind.options),
  weight: fc.integer({ min: 1, max: 5 }),
});

describe('fitToRoom', () => {
  it('keeps to the words and to the most of each kind, in the order given', () => {
    fc.assert(
      fc.property(fc.array(claim), fc.integer({ min: 10, max: 400 }), (claims, words) => {
        const kept = fitToRoom(claims, { words, most: { key: 3, risk: 1 } });

        expect(kept.reduce((sum, { text }) => sum + countWords(text), 0)).toBeLessThanOrEqual(
          words,
        );
        expect(kept.filter(({ kind }) => groupOf(kind) === 'key').length).toBeLessThanOrEqual(3);
        expect(kept.filter(({ kind }) => kind === 'risk').length).toBeLessThanOrEqual(1);
        expect(kept).toEqual(claims.filter((each) => kept.includes(each)));
      }),
    );
  });

  it('leaves room for a risk where heavier points would fill it', () => {
    const points = Array.from({ length: 9 }, (_, index) => ({
      text: `Point ${index} of five words.`,
      kind: 'point' as const,
      weight: 5,
    }));
    const risk = { text: 'A risk of five words.', kind: 'risk' as const, weight: 1 };

    expect(fitToRoom([...points, risk], { words: 20, most: {} })).toContain(risk);
  });
});
