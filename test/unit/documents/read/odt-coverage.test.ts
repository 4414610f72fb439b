import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readOdt } from '#shared/documents/read/odt.ts';
import { parseMixedXml, type XmlElement } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';
import type { Unit } from '#shared/domain/document.ts';
import { odfCell, odtFile } from '../../../support/odf-files.ts';

type Word = () => string;

/** Pieces of a paragraph. */
const inline: Readonly<Record<string, (word: Word) => string>> = {
  text: (word) => ` ${word()} `,
  span: (word) => `<text:span> ${word()}<text:s/></text:span>`,
  link: (word) => `<text:a xlink:href="x">${word()}</text:a> `,
  hidden: (word) => `<text:span text:style-name="T"> ${word()} </text:span>`,
  note: (word) =>
    `<text:note text:note-class="footnote"><text:note-body><text:p>${word()}</text:p></text:note-body></text:note>`,
  comment: (word) => `<office:annotation><text:p>${word()}</text:p></office:annotation>`,
  box: (word) =>
    `<draw:frame><draw:text-box><text:p>${word()}</text:p></draw:text-box></draw:frame>`,
};

const styles =
  '<style:style style:name="T" style:family="text"><style:text-properties text:display="none"/></style:style>';
const paragraph = fc.array(fc.constantFrom(...Object.keys(inline)), { maxLength: 5 });
const block = fc.record({
  kind: fc.constantFrom('p', 'h', 'list', 'table', 'section', 'hiddenSection', 'index'),
  pieces: paragraph,
});

describe('coverage of readOdt', () => {
  it('finds every word of a text exactly once, and again by its locator', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 8 }), async (blocks) => {
        const { body, words } = makeBody(blocks);
        const file = odtFile({ body, automaticStyles: styles });

        const { units, hidden = [] } = await readOdt(file);

        const found = [...units, ...hidden].flatMap(({ text }) => text.match(/w\d+/g) ?? []);
        expect(found.toSorted()).toEqual(words.toSorted());
        for (const unit of units) {
          const own = textAt(file.bytes, unit.locator);
          expect(unit.table === undefined ? own : unit.text).toContain(/w\d+/.exec(unit.text)?.[0]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function makeBody(
  blocks: readonly { readonly kind: string; readonly pieces: readonly string[] }[],
) {
  const words: string[] = [];
  const word = () => {
    words.push(`w${words.length + 1}`);
    return words.at(-1) ?? '';
  };
  const body = blocks.map(({ kind, pieces }) => {
    const content = pieces.map((piece) => inline[piece]?.(word) ?? '').join('');
    return around(kind, `<text:p>${content}</text:p>`);
  });
  return { body: body.join(''), words };
}

function around(kind: string, content: string): string {
  switch (kind) {
    case 'h':
      return content.replace(/^<text:p>/, '<text:h>').replace(/<\/text:p>$/, '</text:h>');
    case 'list':
      return `<text:list><text:list-item>${content}</text:list-item></text:list>`;
    case 'table':
      return `<table:table><table:table-row>${odfCell(content)}${odfCell('<text:p/>')}</table:table-row></table:table>`;
    case 'section':
      return `<text:section>${content}</text:section>`;
    case 'hiddenSection':
      return `<text:section text:display="none">${content}</text:section>`;
    case 'index':
      return `<text:table-of-content><text:index-body>${content}</text:index-body></text:table-of-content>`;
    default:
      return content;
  }
}

/** The text of the paragraph that a locator names, found by counting in the part. */
function textAt(bytes: Uint8Array, locator: Unit['locator']): string {
  if (locator.kind !== 'odt') throw new Error('Expected a place in a text.');
  const root = parseMixedXml(openZip(bytes).read('content.xml') ?? new Uint8Array());
  const found: Record<string, XmlElement[]> = { body: [], footnote: [], comment: [] };
  const visit = (element: XmlElement, part: string) => {
    if (element.name === 'text:p' || element.name === 'text:h') found[part]?.push(element);
    const inside = { 'text:note': 'footnote', 'office:annotation': 'comment' }[element.name];
    for (const child of element.children) visit(child, inside ?? part);
  };
  visit(root, 'body');
  const at = found[locator.part]?.[locator.paragraph - 1];
  return at === undefined ? '' : textIn(at);
}

function textIn({ text, children }: XmlElement): string {
  return text + children.map(textIn).join('');
}
