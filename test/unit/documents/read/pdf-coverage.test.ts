import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Document, DocumentFormat } from '#shared/domain/document.ts';
import { pdfFile, type RawPage, ruleAt, textAt } from '../../../support/pdf-files.ts';
import { readDocument } from '../../../support/read-document.ts';

const slots = 30;

const line = fc.record({
  /** From the top of the page, 24 points each. */
  slot: fc.nat({ max: slots - 1 }),
  column: fc.constantFrom(40, 60, 210, 320, 470),
  words: fc.integer({ min: 1, max: 4 }),
  size: fc.constantFrom(7, 10, 10, 10, 14, 20),
  font: fc.constantFrom('F1', 'F1', 'F2', 'F3'),
  look: fc.constantFrom('shown', 'shown', 'shown', 'invisible', 'white', 'underlined', 'turned'),
});
const pages = fc.array(fc.array(line, { minLength: 1, maxLength: 14 }), {
  minLength: 1,
  maxLength: 3,
});

describe('coverage of a PDF', () => {
  it('finds every word of lines anywhere on the pages exactly once, on the page where it stands', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (lines) => {
        const { made, words } = makePages(lines);

        const document = await readDocument(pdfFile({ pages: made }), DocumentFormat.options);

        expect(wordsIn(document).toSorted()).toEqual(words.toSorted());
      }),
      { numRuns: 30 },
    );
  });
});

type Line = typeof line extends fc.Arbitrary<infer Value> ? Value : never;

/** A word has the number of its page in it. A page begins with a line that is shown: without any it would be one without text. */
function makePages(lists: readonly (readonly Line[])[]) {
  const words: string[] = [];
  const made = lists.map((list, index): RawPage => {
    const taken = new Set<string>();
    const next = () => {
      words.push(`p${index + 1}w${words.length + 1}`);
      return words.at(-1) ?? '';
    };
    const content = list.flatMap((each) => {
      // Two lines that are printed over each other nobody can read.
      const place = `${each.slot} ${each.column === 60 ? 40 : each.column}`;
      if (taken.has(place)) return [];
      taken.add(place);
      const widest = Math.max(1, Math.floor(130 / (each.size * 0.6 * 7)));
      const most = each.look === 'turned' ? 1 : widest;
      return drawn(each, Array.from({ length: Math.min(each.words, most) }, next).join(' '));
    });
    return { content: `${textAt([40, 780], next())}${content.join('')}` };
  });
  return { made, words };
}

function drawn({ slot, column, size, font, look }: Line, text: string): string {
  const [x, y] = [column, 750 - slot * 24];
  const plain = textAt([x, y], text, { size, font });
  if (look === 'invisible') return `q 3 Tr\n${plain}Q\n`;
  if (look === 'white') return `q 1 1 1 rg\n${plain}Q\n`;
  if (look === 'underlined') return plain + ruleAt([x, y - 2], [x + 60, y - 2]);
  if (look === 'turned')
    return `q 0 1 -1 0 ${x + 8} ${y} cm\n${textAt([0, 0], text, { size: 6 })}Q\n`;
  return plain;
}

function wordsIn({ units, hidden = [] }: Document): string[] {
  return [...units, ...hidden].flatMap(({ text, locator }) => {
    const page = locator.kind === 'pdf' ? locator.page : 0;
    const found = text.match(/p\d+w\d+/g) ?? [];
    expect(found.every((word) => word.startsWith(`p${page}w`))).toBe(true);
    return found;
  });
}
