import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaceRanges, spliceEdits } from '#shared/documents/edit/ooxml/splice.ts';

const putIn = (at: number, text: string) => ({ start: at, end: at, compose: () => text });

describe('spliceEdits', () => {
  it('puts a text in where another edit starts or ends, once and outside of it', () => {
    const replaced = { start: 2, end: 4, compose: () => '[]' };

    expect(spliceEdits('abcdef', [replaced, putIn(2, '<'), putIn(4, '>')])).toBe('ab<[]>ef');
    expect(spliceEdits('abcdef', [putIn(6, '>'), putIn(0, '<')])).toBe('<abcdef>');
  });

  it('puts a text in within another edit once, although that cuts its range in pieces there', () => {
    const outer = {
      start: 1,
      end: 5,
      compose: (cut: (start: number, end: number) => string) => `(${cut(1, 3)}${cut(3, 5)})`,
    };

    expect(spliceEdits('abcdef', [outer, putIn(3, '|')])).toBe('a(bc|de)f');
    expect(spliceEdits('abcdef', [outer, putIn(5, '|')])).toBe('a(bcde)|f');
  });
});

describe('replaceRanges', () => {
  it('loses no text and changes nothing else, wherever the ranges start', () => {
    const cuts = fc.array(fc.tuple(fc.nat(12), fc.nat(3)), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (given) => {
        const source = 'abcdefghijkl';
        let at = 0;
        const ranges = given.flatMap(([gap, length], index) => {
          const start = at + (gap % 3);
          const end = start + length;
          if (end > source.length) return [];
          at = end;
          return [{ start, end, text: `<${index}>` }];
        });
        const changed = replaceRanges(source, ranges.toReversed());
        const marks = changed.match(/<\d>/g) ?? [];
        const kept = [...source].filter(
          (_, index) => !ranges.some(({ start, end }) => index >= start && index < end),
        );

        expect(marks.toSorted()).toEqual(ranges.map(({ text }) => text).toSorted());
        expect(changed.replace(/<\d>/g, '')).toBe(kept.join(''));
      }),
    );
  });

  it('refuses ranges that overlap', () => {
    const ranges = [
      { start: 1, end: 4, text: 'x' },
      { start: 3, end: 5, text: 'y' },
    ];

    expect(() => replaceRanges('abcdef', ranges)).toThrow('two that overlap');
  });
});
