import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptAll, rejectAll } from '#shared/documents/edit/redline/resolve.ts';
import { redlineDocx, redlineParagraphs } from '#shared/documents/edit/redline.ts';
import type { RedlineChange } from '#shared/domain/redline.ts';
import { wordChanges } from '#shared/workflows/word-changes.ts';
import { randomDocx, randomTexts } from '../../../support/random-docx.ts';
import { byline } from '../../../support/redline-texts.ts';

const textsOf = (bytes: Uint8Array) => redlineParagraphs(bytes).map(({ text }) => text);
const redline = (base: Uint8Array, ...changes: RedlineChange[]) =>
  redlineDocx(base, { ...byline, changes });

describe('a redline of a random document', () => {
  it('reads as the base when rejected and as the revised texts when accepted, whatever the base holds', () => {
    fc.assert(
      fc.property(
        randomDocx.chain((base) => fc.tuple(fc.constant(base), randomTexts(textsOf(base)))),
        ([base, revised]) => {
          const from = redlineParagraphs(base);
          const changes = from.flatMap(({ at, text }, index): RedlineChange | [] =>
            text === 'In a box'
              ? []
              : {
                  kind: 'rewrite',
                  at,
                  operations: wordChanges(text, revised[index] ?? ''),
                },
          );
          const boxes = from.filter(({ boxOf }) => boxOf !== undefined).length;
          const result = redline(base, ...changes);

          expect(textsOf(rejectAll(result))).toEqual(textsOf(base));
          if (boxes === 0) expect(textsOf(acceptAll(result))).toEqual(revised);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads right when paragraphs are put in, taken out and moved anywhere', () => {
    const choice = fc.constantFrom('keep', 'delete', 'rewrite', 'insert', 'insert before', 'move');
    fc.assert(
      fc.property(
        randomDocx.chain((base) => {
          const count = textsOf(base).length;
          const index = fc.nat({ max: count - 1 });
          return fc.tuple(
            fc.constant(base),
            fc.array(fc.tuple(choice, index), { minLength: count, maxLength: count }),
          );
        }),
        ([base, choices]) => {
          const from = redlineParagraphs(base);
          const changes = choices.flatMap(([kind, other], index) =>
            changesFor(kind, { from, index, other }),
          );
          // The two readings are compared with the plan before a result is given back.
          const result = redline(base, ...changes);

          expect(textsOf(rejectAll(result)).filter(Boolean)).toEqual(textsOf(base).filter(Boolean));
          expect(acceptAll(acceptAll(result))).toEqual(acceptAll(result));
        },
      ),
      { numRuns: 30 },
    );
  });
});

interface Choice {
  readonly from: ReturnType<typeof redlineParagraphs>;
  readonly index: number;
  readonly other: number;
}

function changesFor(kind: string, { from, index, other }: Choice): RedlineChange[] {
  const here = from[index];
  const there = from[other];
  const isBox = here?.boxOf !== undefined || there?.boxOf !== undefined;
  if (here === undefined || there === undefined || isBox) return [];
  const { at, text } = here;
  const paragraphs = [
    { text: `New ${index}`, like: at, ...(at.part === 'header' ? {} : { comment: 'why' }) },
  ];
  switch (kind) {
    case 'delete':
      return [{ kind: 'delete-paragraph', at }];
    case 'rewrite':
      return [{ kind: 'rewrite', at, operations: wordChanges(text, `${text} and on`) }];
    case 'insert':
      return [{ kind: 'insert-paragraphs', place: { after: at }, paragraphs }];
    case 'insert before':
      return [{ kind: 'insert-paragraphs', place: { before: at }, paragraphs }];
    case 'move':
      if (at.part !== there.at.part) return [];
      return [{ kind: 'move-paragraph', at, place: { after: there.at } }];
    default:
      return [];
  }
}
