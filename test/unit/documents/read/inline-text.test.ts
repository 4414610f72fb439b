import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  collapseInlineText,
  concatInlineTexts,
  createInlineText,
} from '#shared/documents/read/inline-text.ts';
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

describe('inline text', () => {
  it('collapses like text without links, and keeps the words of each link', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const collapsed = collapseInlineText(rich);

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
      concatInlineTexts(
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

  it('joins what one link was split into', () => {
    const builder = createInlineText();
    builder.addLinked('x', () => builder.add('a '));
    builder.addLinked('x', () => builder.add(' b'));

    expect(builder.build()).toEqual({ text: 'a b', links: [{ from: 0, to: 3, target: 'x' }] });
  });

  it('has an open link go on in the text after the one that is taken', () => {
    const builder = createInlineText();
    builder.add('see ');
    builder.openLink('x');
    builder.add('this');

    expect(builder.take()).toEqual({ text: 'see this', links: [{ from: 4, to: 8, target: 'x' }] });

    builder.add(' too');
    builder.closeLink();

    expect(builder.take()).toEqual({ text: 'too', links: [{ from: 0, to: 3, target: 'x' }] });
  });
});
