import { childOf, type XmlElement } from '../../xml.ts';
import { type InlineContent, readInline } from './inline.ts';
import type { Note } from './notes.ts';
import type { ListMark } from './numbering.ts';
import { placeOf, type Story } from './story.ts';
import type { ParagraphStyle } from './styles.ts';
import { contentOf, settingOf, toggleOf } from './xml.ts';

export interface ParagraphContent extends InlineContent {
  readonly style: ParagraphStyle;
  readonly mark: ListMark | undefined;
}

/** Text in which the borders of paragraphs and nested tables are gone. */
export interface FlatContent {
  readonly texts: string[];
  readonly notes: Note[];
  /** Whether there is text besides the numbers of lists. */
  hasText: boolean;
  page: number | undefined;
}

export function readParagraph(paragraph: XmlElement, story: Story): ParagraphContent {
  const properties = childOf(paragraph, 'w:pPr');
  const style = story.styles.paragraphStyle(settingOf(childOf(properties, 'w:pStyle')));
  if (toggleOf(childOf(properties, 'w:pageBreakBefore')) ?? style.startsPage) {
    story.pages.breakByAuthor();
  }
  const inline = readInline(paragraph, style, story);
  if (isDropCap(properties, inline.text)) {
    story.dropCap.text = inline.text;
    return contentOfParagraph(inline, { text: '', style, mark: undefined });
  }
  const text = story.dropCap.text + inline.text;
  story.dropCap.text = '';
  const isDeleted = text.trim() === '' && hasDeletedMark(properties);
  const mark = isDeleted ? undefined : story.numbering.next(properties, style);
  return contentOfParagraph(inline, { text, style, mark });
}

/** Reads blocks as text alone, as the cells of a table and notes need it. Numbers of lists stay, bullets go. */
export function flatten(blocks: Iterable<XmlElement>, story: Story): FlatContent {
  const flat: FlatContent = { texts: [], notes: [], hasText: false, page: undefined };
  flattenInto(flat, blocks, story);
  return flat;
}

/** Adds the notes that a text refers to, each paragraph a unit. They follow what refers to them: that is where they are needed. */
export function addNotes(notes: readonly Note[], story: Story, page: number | undefined): void {
  for (const { part, mark, content } of notes) {
    const noteStory: Story = { ...story, part, paragraphNumbers: story.noteNumbers };
    for (const block of contentOf(content)) {
      story.units.add({
        kind: 'footnote',
        text: flatten([block], noteStory).texts.join(' '),
        ...(mark === undefined ? {} : { note: mark }),
        place: placeOf(block, noteStory, page),
      });
    }
  }
}

/** Field by field: spreading objects would take half of the time that reading takes. */
function contentOfParagraph(
  { page, notes, textBoxes }: InlineContent,
  { text, style, mark }: Pick<ParagraphContent, 'text' | 'style' | 'mark'>,
): ParagraphContent {
  return { text, page, notes, textBoxes, style, mark };
}

function isDropCap(properties: XmlElement | undefined, text: string): boolean {
  const kind = childOf(properties, 'w:framePr')?.attributes['w:dropCap'];
  return (kind === 'drop' || kind === 'margin') && text.length <= 3;
}

/** The paragraph itself was deleted, not only its text: a tracked change of its mark. */
function hasDeletedMark(properties: XmlElement | undefined): boolean {
  return childOf(childOf(properties, 'w:rPr'), 'w:del') !== undefined;
}

function flattenInto(flat: FlatContent, blocks: Iterable<XmlElement>, story: Story): void {
  for (const block of blocks) {
    if (block.name === 'w:p') flattenParagraph(flat, block, story);
    else if (nesting.has(block.name)) flattenInto(flat, contentOf(block), story);
    else if (block.name === 'w:altChunk') story.tally.add('import');
  }
}

const nesting = new Set(['w:tbl', 'w:tr', 'w:tc']);

function flattenParagraph(flat: FlatContent, paragraph: XmlElement, story: Story): void {
  const { text, mark, page, notes, textBoxes } = readParagraph(paragraph, story);
  if (text.trim() !== '') {
    flat.hasText = true;
    flat.page ??= page;
  }
  if (mark?.isBullet === false) flat.texts.push(mark.marker);
  flat.texts.push(text);
  flat.notes.push(...notes);
  for (const box of textBoxes) flattenInto(flat, contentOf(box), story);
}
