import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { passagesOf } from '#shared/workflows/answer-questions/passages.ts';
import { fuse } from '#shared/workflows/answer-questions/retrieve.ts';
import { documentFromLines } from '../../../support/sample-documents.ts';

describe('passagesOf', () => {
  it('holds every character of every unit exactly once, in order', () => {
    const line = fc.oneof(
      fc.lorem({ maxCount: 60 }),
      fc.lorem({ maxCount: 600 }),
      fc.lorem({ maxCount: 3 }).map((text) => `# ${text}`),
      fc.lorem({ maxCount: 4 }).map((text) => `| ${text} | 7 |`),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const document = documentFromLines(lines);
        const pieces = passagesOf([document]).flatMap((passage) => passage.pieces);
        const textOf = (id: string) =>
          pieces
            .filter(({ unitId }) => unitId === id)
            .map(({ from, to }) =>
              document.units.find((unit) => unit.id === id)?.text.slice(from, to),
            )
            .join('');

        expect([...new Set(pieces.map(({ unitId }) => unitId))]).toEqual(
          document.units.map(({ id }) => id),
        );
        for (const { id, text } of document.units) expect(textOf(id)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('shows the head of a table with rows that come without it', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `| Site ${index} | ${'x'.repeat(40)} |`);
    const passages = passagesOf([documentFromLines(['| Site | Text |', ...lines])]);

    expect(passages.length).toBeGreaterThan(2);
    expect(passages[0]?.context).toEqual([]);
    for (const passage of passages.slice(1)) {
      expect(passage.context).toEqual([{ unitId: 'd1.u1', role: 'table-header' }]);
    }
  });
});

describe('fuse', () => {
  it('puts first what several searches find, and keeps the order of the documents otherwise', () => {
    expect(
      fuse([
        [4, 2],
        [2, 9],
      ]),
    ).toEqual([2, 4, 9]);
    expect(fuse([[7], [3]])).toEqual([3, 7]);
  });
});
