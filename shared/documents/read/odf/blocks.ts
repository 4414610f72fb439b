import type { Unit } from '#shared/domain/document.ts';
import type { XmlElement } from '../../xml.ts';
import { childOf } from '../../xml.ts';
import { linksOf } from '../inline-text.ts';
import { type InlineContent, readInline } from './inline.ts';
import type { ListMark, OpenList } from './numbering.ts';
import { readShape } from './shapes.ts';
import { addHidden, locatorOf, noteClassOf, type Story, type StoryPart } from './story.ts';
import { readTable } from './tables.ts';

/** Adds what stands in an element: paragraphs, headings, lists, tables, sections, indexes, and what is anchored in them. */
export function readBlocks(parent: XmlElement, story: Story): void {
  for (const block of parent.children) readBlock(block, story);
}

/** One of those. */
export function readBlock(block: XmlElement, story: Story): void {
  const handle = handlers[block.name];
  if (handle !== undefined) handle(block, story);
  else if (/^(?:draw|dr3d):/.test(block.name)) readShape(block, story);
  else readBlocks(block, story);
}

type Handler = (block: XmlElement, story: Story) => void;

const ignore: Handler = () => undefined;
const seeChange: Handler = (mark, story) =>
  story.reading.changes.see(mark, locatorOf(story.place(mark, 'body')));

/** Elements without a handler are looked through: sections, bodies of indexes, wrappers of other programs. */
const handlers: Readonly<Record<string, Handler>> = {
  'text:p': (paragraph, story) => readParagraph(paragraph, undefined, story),
  'text:h': (paragraph, story) => readParagraph(paragraph, undefined, story),
  'text:list': (list, story) => readList(list, undefined, story),
  'text:section': readSection,
  'table:table': readTable,
  'text:soft-page-break': (_, story) => story.reading.pages.breakByLayout(),
  'text:tracked-changes': (changes, story) => story.reading.changes.define(changes),
  'text:change': seeChange,
  'text:change-start': seeChange,
  'text:change-end': seeChange,
  'office:annotation': (comment, story) => addComment(comment, story),
  'text:note': (note, story) => addNote(note, story),
  'office:forms': countControls,
  // How the lines of an index are built, not the lines.
  'text:table-of-content-source': ignore,
  'text:illustration-index-source': ignore,
  'text:table-index-source': ignore,
  'text:object-index-source': ignore,
  'text:user-index-source': ignore,
  'text:alphabetical-index-source': ignore,
  'text:bibliography-source': ignore,
  'text:section-source': ignore,
};

/** `mark` is that of the list item which the paragraph begins. */
function readParagraph(paragraph: XmlElement, mark: ListMark | undefined, story: Story): void {
  const style = story.styles.paragraph(paragraph.attributes['text:style-name']);
  if (style.startsPage) story.reading.pages.breakByStyle();
  const content = readInline(paragraph, story);
  const isHeading = paragraph.name === 'text:h';
  const description = isHeading
    ? describeHeading(paragraph, mark, story)
    : describe(style.kind, mark);
  if (content.text !== '') {
    const place = story.place(paragraph, 'body');
    story.emit({ ...description, text: content.text, ...linksOf(content), place });
  }
  if (content.hiddenText.trim() !== '') {
    addHidden(content.hiddenText, story.place(paragraph, 'body'), story.reading);
  }
  addAnchored(content, story);
}

function describeHeading(paragraph: XmlElement, mark: ListMark | undefined, story: Story) {
  const { attributes } = paragraph;
  const outline = Number(attributes['text:outline-level'] ?? 1);
  const level = Number.isInteger(outline) ? Math.max(1, Math.min(outline, 9)) : 1;
  const isUnnumbered =
    attributes['text:is-list-header'] === 'true' ||
    story.styles.paragraph(attributes['text:style-name']).isUnnumbered;
  const own = mark !== undefined || isUnnumbered ? undefined : story.numbering.nextHeading(level);
  const marker = mark?.marker ?? own;
  return { kind: 'heading' as const, level, ...(marker === undefined ? {} : { marker }) };
}

/** A numbered title or caption keeps its kind. Only what shows a bullet or number is an item of a list. */
function describe(kind: Unit['kind'], mark: ListMark | undefined) {
  if (mark?.marker === undefined) return { kind };
  const isItem = kind === 'paragraph' || kind === 'quote';
  if (!isItem) return { kind, marker: mark.marker };
  return { kind: 'list-item' as const, level: mark.level, marker: mark.marker };
}

function addAnchored({ shapes, notes, comments }: InlineContent, story: Story): void {
  for (const note of notes) addNote(note, story);
  for (const comment of comments) addComment(comment, story);
  for (const shape of shapes) readShape(shape, story);
}

function readList(list: XmlElement, around: OpenList | undefined, story: Story): void {
  const open = story.numbering.open(list, around);
  for (const item of list.children) {
    const isItem = item.name === 'text:list-item' || item.name === 'text:list-header';
    if (isItem) readItem(item, open, story);
    else readBlock(item, story);
  }
}

/** The first paragraph has the mark of the item; an item that begins with a list has none of its own. */
function readItem(item: XmlElement, list: OpenList, story: Story): void {
  for (const [index, block] of item.children.entries()) {
    const isFirst = index === 0 && item.name === 'text:list-item';
    if (block.name === 'text:list') readList(block, list, story);
    else if (block.name !== 'text:p' && block.name !== 'text:h') readBlock(block, story);
    else readParagraph(block, isFirst ? story.numbering.next(list, item) : undefined, story);
  }
}

function readSection(section: XmlElement, story: Story): void {
  const { attributes } = section;
  const display = attributes['text:display'];
  const isHidden =
    display === 'none' || (display === 'condition' && attributes['text:is-hidden'] === 'true');
  readBlocks(section, isHidden ? { ...story, isHidden } : story);
}

/** Each paragraph of a note is a unit with the mark of the note. */
function addNote(note: XmlElement, story: Story): void {
  const body = childOf(note, 'text:note-body');
  if (body === undefined) return;
  const mark = textOf(childOf(note, 'text:note-citation'));
  const inside = storyOf(noteClassOf(note), story);
  readBlocks(body, {
    ...inside,
    emit: (unit) =>
      story.emit(
        unit.kind === 'table-row' || unit.kind === 'comment'
          ? unit
          : { ...withoutLevel(unit), kind: 'footnote', ...(mark === '' ? {} : { note: mark }) },
      ),
  });
}

/** A comment is one unit, however many paragraphs it has. */
function addComment(comment: XmlElement, story: Story): void {
  const texts: string[] = [];
  const inside = storyOf('comment', story);
  const paragraphs = { ...comment, children: comment.children.filter(isContent) };
  readBlocks(paragraphs, { ...inside, emit: ({ text }) => texts.push(text) });
  const author = textOf(childOf(comment, 'dc:creator'));
  story.emit({
    kind: 'comment',
    text: texts.join(' '),
    ...(author === '' ? {} : { author }),
    place: story.place(paragraphs, 'comment'),
  });
}

/** A story within a paragraph, whose paragraphs are counted by themselves. Its place is that of its part. */
function storyOf(part: StoryPart, story: Story): Story {
  return { ...story, place: (element) => story.place(element, part) };
}

function withoutLevel<T extends { level?: number | undefined }>({ level: _, ...rest }: T) {
  return rest;
}

function isContent({ name }: XmlElement): boolean {
  return name.startsWith('text:');
}

function textOf(element: XmlElement | undefined): string {
  return element?.text.trim() ?? '';
}

function countControls(forms: XmlElement, story: Story): void {
  for (const child of forms.children) {
    if (child.name === 'form:form') countControls(child, story);
    else if (child.name.startsWith('form:') && child.name !== 'form:properties') {
      story.reading.tally.add('control');
    }
  }
}
