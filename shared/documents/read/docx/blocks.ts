import type { UnitKind } from '#shared/domain/document.ts';
import type { XmlElement } from '../../xml.ts';
import { collapseInlineText, linksOf } from '../inline-text.ts';
import { addAsides } from './add-asides.ts';
import type { ParagraphContent } from './content.ts';
import { readOddBlock } from './odd-blocks.ts';
import { headingLevelOf, readParagraph, takeCarried } from './paragraphs.ts';
import type { Story } from './story.ts';
import { readTable } from './tables.ts';
import { contentOf } from './xml.ts';

/** Adds what stands in an element: paragraphs, tables, and behind a paragraph what it refers to and the text boxes anchored in it. */
export function readBlocks(parent: XmlElement, story: Story): void {
  readSomeBlocks(parent, story);
  endBlocks(story);
}

/** The same for an element that is given piece by piece; the last is followed by {@link endBlocks}. */
export function readSomeBlocks(parent: XmlElement, story: Story): void {
  for (const block of contentOf(parent)) {
    if (block.name === 'w:p') {
      addParagraph(readParagraph(block, story), story);
    } else if (block.name === 'w:tbl') {
      endBlocks(story);
      readTable(block, story);
    } else {
      addAsides(readOddBlock(block, story), story, story.pages.current());
    }
  }
}

export function endBlocks(story: Story): void {
  addParagraph(takeCarried(story), story);
}

function addParagraph(content: ParagraphContent | undefined, story: Story): void {
  if (content === undefined) return;
  const { units, ledger } = story;
  const hasText = content.text.trim() !== '';
  const unit = hasText ? units.add(unitOf(content, story)) : undefined;
  ledger.settle(() => unit?.locator.headingPath ?? units.headingPath());
  if (content.asides.length > 0) addAsides(content.asides, story, content.page);
  for (const box of content.textBoxes) readBlocks(box, story);
}

function unitOf(content: ParagraphContent, story: Story) {
  const { place } = content;
  const described = describe(content, story);
  if (content.links.length === 0) return { ...described, text: content.text, place };
  const inline = collapseInlineText(content);
  return { ...described, text: inline.text, ...linksOf(inline), place };
}

/** A numbered heading, title or caption keeps its kind and has its number as a marker. */
function describe(content: ParagraphContent, { part }: Story) {
  const { style, mark } = content;
  const marker = mark === undefined ? {} : { marker: mark.marker };
  if (part === 'header' || part === 'footer') return { kind: `page-${part}` as const, ...marker };
  const level = headingLevelOf(content);
  if (level !== undefined) return { kind: 'heading' as const, level, ...marker };
  const kind: UnitKind = style.kind === 'heading' ? 'paragraph' : style.kind;
  const isItem = mark !== undefined && (kind === 'paragraph' || kind === 'quote');
  if (isItem) return { kind: 'list-item' as const, level: mark.level, ...marker };
  return { kind, ...marker };
}
