import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collapseRichText, joinTexts } from '#shared/documents/read/docx/rich-text.ts';
import { collapseWhiteSpace } from '#shared/documents/unit-list.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\u00ad', '\u00a0') });
const richText = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 4 }))
  .map(([content, ranges]) => ({
    text: content,
    links: ranges.map(([one, other]) => ({
      from: Math.min(one, other, content.length),
      to: Math.min(Math.max(one, other), content.length),
      target: 'x',
    })),
  }));

describe('rich text', () => {
  it('collapses like text without links, and keeps the words of each link', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const collapsed = collapseRichText(rich);

        expect(collapsed.text).toBe(collapseWhiteSpace(rich.text));
        const wordsOf = ({ text: whole, links }: typeof rich) =>
          links
            .map(({ from, to }) => collapseWhiteSpace(whole.slice(from, to)))
            .filter((words) => words !== '');
        expect(wordsOf({ ...collapsed, links: [...collapsed.links] })).toEqual(wordsOf(rich));
      }),
    );
  });

  it('moves links along when texts are joined', () => {
    const link = { from: 0, to: 1, target: 'x' };

    expect(
      joinTexts(
        [
          { text: 'ab', links: [link] },
          { text: 'c', links: [link] },
        ],
        ' | ',
      ),
    ).toEqual({
      text: 'ab | c',
      links: [link, { from: 5, to: 6, target: 'x' }],
    });
  });
});
