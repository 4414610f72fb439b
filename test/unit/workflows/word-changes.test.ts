import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordChanges, wordsOf } from '#shared/workflows/word-changes.ts';

const textWithout = (kind: string, base: string, revised: string) =>
  wordChanges(base, revised)
    .filter((operation) => operation.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('wordChanges', () => {
  it('gives back both texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('a', 'b', ' ', '1,000', '契', '.')).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, text, (base, revised) => {
        expect(textWithout('insert', base, revised)).toBe(base);
        expect(textWithout('delete', base, revised)).toBe(revised);
      }),
    );
  });

  it('cuts words by Unicode, numbers with their separators, Chinese by character', () => {
    expect(wordsOf("Don't pay 1,000.50, naïve e\u0301 契約。")).toEqual([
      ...["Don't", ' ', 'pay', ' ', '1,000.50', ',', ' ', 'naïve', ' ', 'e\u0301', ' '],
      ...['契', '約', '。'],
    ]);
  });

  it('takes a phrase with its spaces as one change', () => {
    expect(wordChanges('pay within thirty days now', 'pay after ninety days now')).toEqual([
      { kind: 'keep', text: 'pay ' },
      { kind: 'delete', text: 'within thirty' },
      { kind: 'insert', text: 'after ninety' },
      { kind: 'keep', text: ' days now' },
    ]);
  });

  it('replaces long texts that have nothing in common as a whole', () => {
    const long = (word: string) =>
      Array.from({ length: 4_000 }, (_, at) => `${word}${at}`).join('');

    expect(wordChanges(long('.'), long('!'))).toHaveLength(2);
  });
});
