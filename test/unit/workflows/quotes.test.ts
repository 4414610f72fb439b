import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findQuote } from '#shared/workflows/quotes.ts';

const text = 'The board’s “final”  decision – taken in March… – cost 12.5 million (ﬁnal ﬁgure).';

function found(quote: string, within = text): string | undefined {
  const span = findQuote(quote, within);
  return span === undefined ? undefined : within.slice(span.from, span.to);
}

describe('findQuote', () => {
  it.each([
    {
      name: 'letter by letter',
      quote: 'decision – taken in March…',
      is: 'decision – taken in March…',
    },
    {
      name: 'with plain marks',
      quote: 'board\'s "final" decision',
      is: 'board’s “final”  decision',
    },
    {
      name: 'with a plain dash and dots',
      quote: 'decision - taken in March...',
      is: 'decision – taken in March…',
    },
    { name: 'with ligatures resolved', quote: '(final figure)', is: '(ﬁnal ﬁgure)' },
    { name: 'in quotation marks of its own', quote: '“taken in March”', is: 'taken in March' },
  ])('finds a quote $name', ({ quote, is }) => {
    expect(found(quote)).toBe(is);
  });

  it.each([
    { name: 'in another case', quote: 'the BOARD’s' },
    { name: 'with a word left out', quote: 'decision in March' },
    { name: 'that ends within a figure', quote: 'March… – cost 12' },
    { name: 'that begins within a word', quote: 'ision – taken' },
    { name: 'too short to prove anything', quote: 'March' },
    { name: 'that is empty', quote: '  ' },
  ])('does not find a quote $name', ({ quote }) => {
    expect(found(quote)).toBeUndefined();
  });

  it('finds a short quote that is the whole text', () => {
    expect(found('Total', 'Total')).toBe('Total');
  });

  it('finds accents however they are encoded', () => {
    expect(found('Malmö Güter'.normalize('NFD'), 'In Malmö Güter an.')).toBe('Malmö Güter');
  });

  it('looks on after a place that is within a word', () => {
    expect(found('ten trains', 'often trains; ten trains')).toBe('ten trains');
    expect(findQuote('ten trains', 'often trains; ten trains')?.from).toBe(14);
  });

  it('finds every stretch of whole words, and what it finds stands in the text', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9éß“”–…]{1,9}$/), { minLength: 3 });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (all, one, other) => {
        const [from, to] = [one % all.length, other % all.length].sort((a, b) => a - b);
        const quote = all.slice(from, (to ?? 0) + 1).join(' ');
        fc.pre(quote.length >= 12 && !/^[“”]|[“”]$/.test(quote));
        const span = findQuote(quote, all.join('  '));

        expect(span).toBeDefined();
      }),
    );
  });
});
