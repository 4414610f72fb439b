import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinParts } from '#shared/adapters/models/internal/join-parts.ts';

/** Rising positions in a text. */
function positions(text: string, cuts: readonly number[]): number[] {
  return [...new Set(cuts.map((cut) => 1 + (cut % text.length)))].sort((a, b) => a - b);
}

const cuts = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 12 });

describe('the parts of a stream', () => {
  it('are joined where they are pieces, however a text is cut (property)', () => {
    const texts = fc.string({ unit: 'binary' }).map((text) => `{${text.replaceAll('{', '(')}`);
    fc.assert(
      fc.property(texts, cuts, (text, where) => {
        const bounds = [0, ...positions(text, where), text.length];
        const pieces = bounds.slice(1).map((bound, index) => text.slice(bounds[index], bound));

        expect(joinParts(pieces)).toBe(text);
      }),
    );
  });

  it('are the last one where each holds all that came before (property)', () => {
    const texts = fc.string({ unit: 'binary', minLength: 20 });
    fc.assert(
      fc.property(texts, cuts, (text, where) => {
        const ends = positions(text, where).filter((end) => end >= 12 && end < text.length);
        fc.pre(ends.length > 0);
        const snapshots = [...ends, text.length].map((end) => text.slice(0, end));

        expect(joinParts(['', ...snapshots])).toBe(text);
      }),
    );
  });

  it('are told by three however short they are', () => {
    expect(joinParts(['Y', 'Ye', 'Yes'])).toBe('Yes');
  });

  it.each([
    { name: 'a short repetition', parts: ['ha', 'hahaha'], text: 'hahahaha' },
    { name: 'parts of which one repeats itself', parts: ['|', '|', '|'], text: '|||' },
    { name: 'none', parts: [], text: '' },
    { name: 'one', parts: ['', 'a'], text: 'a' },
  ])('are pieces where they are $name', ({ parts, text }) => {
    expect(joinParts(parts)).toBe(text);
  });
});
