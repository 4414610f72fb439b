import type { XmlElement } from '../../xml.ts';
import { type InlineText, joinInlineTexts } from '../inline-text.ts';
import type { Aside } from './asides.ts';
import type { ParagraphContent } from './content.ts';
import { readOddBlock } from './odd-blocks.ts';
import { readParagraph, takeCarried } from './paragraphs.ts';
import type { Story } from './story.ts';
import { contentOf } from './xml.ts';

/** Text in which the borders of paragraphs and nested tables are gone. */
export interface FlatContent extends InlineText {
  readonly asides: readonly Aside[];
  /** Whether there is text besides the numbers of lists. */
  readonly hasText: boolean;
  readonly page: number | undefined;
}

/** Reads blocks as text alone, as the cells of a table and notes need it. Numbers of lists stay, bullets go. */
export function flatten(blocks: Iterable<XmlElement>, story: Story): FlatContent {
  const flat: Flattening = { parts: [], asides: [], hasText: false, page: undefined };
  flattenInto(flat, blocks, story);
  const { parts, asides, hasText, page } = flat;
  return { ...joinInlineTexts(parts, ' '), asides, hasText, page };
}

interface Flattening {
  readonly parts: InlineText[];
  readonly asides: Aside[];
  hasText: boolean;
  page: number | undefined;
}

function flattenInto(flat: Flattening, blocks: Iterable<XmlElement>, story: Story): void {
  for (const block of blocks) {
    if (block.name === 'w:p') {
      addParagraph(flat, readParagraph(block, story), story);
      continue;
    }
    if (nesting.has(block.name)) flattenInto(flat, contentOf(block), story);
    else flat.asides.push(...readOddBlock(block, story));
  }
  addParagraph(flat, takeCarried(story), story);
}

const nesting = new Set(['w:tbl', 'w:tr', 'w:tc']);

function addParagraph(flat: Flattening, content: ParagraphContent | undefined, story: Story): void {
  if (content === undefined) return;
  const { text, links, mark, page, asides, textBoxes } = content;
  if (text.trim() !== '') {
    flat.hasText = true;
    flat.page ??= page;
  }
  if (mark?.isBullet === false) flat.parts.push({ text: mark.marker, links: [] });
  flat.parts.push({ text, links });
  for (const aside of asides) flat.asides.push(aside);
  for (const box of textBoxes) flattenInto(flat, contentOf(box), story);
}
