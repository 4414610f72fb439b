import type { XmlElement } from '../../xml.ts';
import { addNotes, type ParagraphContent, readParagraph } from './paragraphs.ts';
import { placeOf, type Story } from './story.ts';
import { readTable } from './tables.ts';
import { contentOf } from './xml.ts';

/** Adds what stands in an element: paragraphs, tables, and behind a paragraph its notes and the text boxes anchored in it. */
export function readBlocks(parent: XmlElement, story: Story): void {
  for (const block of contentOf(parent)) {
    if (block.name === 'w:p') addParagraph(block, story);
    else if (block.name === 'w:tbl') readTable(block, story);
    else if (block.name === 'w:altChunk') story.tally.add('import');
  }
}

function addParagraph(paragraph: XmlElement, story: Story): void {
  const content = readParagraph(paragraph, story);
  if (content.text.trim() !== '') {
    const place = placeOf(paragraph, story, content.page);
    story.units.add({ ...describe(content), text: content.text, place });
  }
  addNotes(content.notes, story, content.page);
  for (const box of content.textBoxes) readBlocks(box, story);
}

/** A numbered heading, title or caption keeps its kind and has its number as a marker. */
function describe({ style, mark }: ParagraphContent) {
  const marker = mark === undefined ? {} : { marker: mark.marker };
  if (style.level !== undefined) return { kind: style.kind, level: style.level, ...marker };
  const isItem = mark !== undefined && (style.kind === 'paragraph' || style.kind === 'quote');
  if (isItem) return { kind: 'list-item' as const, level: mark.level, ...marker };
  return { kind: style.kind, ...marker };
}
