import type { XmlElement } from '../../xml.ts';
import { childOf } from '../../xml.ts';
import { toSuperscript } from '../docx/symbols.ts';
import { createInlineText, type InlineText, type InlineTextBuilder } from '../inline-text.ts';
import { mathIn } from './objects.ts';
import { locatorOf, type Story } from './story.ts';

/** What stands in a paragraph. */
export interface InlineContent extends InlineText {
  /** Text that its format hides. */
  readonly hiddenText: string;
  readonly notes: readonly XmlElement[];
  readonly comments: readonly XmlElement[];
  /** Frames and drawn shapes that are anchored here. */
  readonly shapes: readonly XmlElement[];
}

/** Reads what a reader of the page sees: results of fields, insertions, no marks of the program (ODF 1.3, 6 and 7). */
export function readInline(paragraph: XmlElement, story: Story): InlineContent {
  const style = story.styles.paragraph(paragraph.attributes['text:style-name']);
  const reading: Inline = {
    story,
    paragraph,
    builder: createInlineText(),
    isHidden: style.isHidden,
    isHigh: false,
    hiddenText: '',
    notes: [],
    comments: [],
    shapes: [],
  };
  readChildren(paragraph, reading);
  story.reading.changes.addText(' ');
  const { hiddenText, notes, comments, shapes } = reading;
  return { ...reading.builder.build(), hiddenText, notes, comments, shapes };
}

interface Inline {
  readonly story: Story;
  readonly paragraph: XmlElement;
  readonly builder: InlineTextBuilder;
  isHidden: boolean;
  isHigh: boolean;
  hiddenText: string;
  readonly notes: XmlElement[];
  readonly comments: XmlElement[];
  readonly shapes: XmlElement[];
}

type Handler = (element: XmlElement, reading: Inline) => void;

const ignore: Handler = () => undefined;
const space: Handler = (_, reading) => addText(' ', reading);
const seeChange: Handler = (mark, { story, paragraph }) =>
  story.reading.changes.see(mark, locatorOf(story.place(paragraph, 'body')));

/** Elements without a handler are looked through: fields hold the result that was last shown. */
const handlers: Readonly<Record<string, Handler>> = {
  // Any number of spaces is one.
  'text:s': space,
  'text:tab': space,
  'text:line-break': space,
  'text:span': readSpan,
  'text:a': readLink,
  'text:note': (note, reading) => reading.notes.push(note),
  'office:annotation': (comment, reading) => reading.comments.push(comment),
  'text:ruby-text': readRuby,
  'text:soft-page-break': (_, { story }) => story.reading.pages.breakByLayout(),
  'text:change': seeChange,
  'text:change-start': seeChange,
  'text:change-end': seeChange,
  'text:hidden-text': readHiddenField,
  'text:hidden-paragraph': readHiddenParagraph,
  'text:variable-set': readSetter,
  'text:user-field-input': readSetter,
  'text:variable-input': readSetter,
  'text:script': ignore,
  'office:script': ignore,
  'office:event-listeners': ignore,
  'text:number': ignore,
  'draw:frame': readFrame,
};

function readChildren(element: XmlElement, reading: Inline): void {
  if (element.children.length === 0) addText(element.text, reading);
  for (const child of element.children) {
    const handle = handlers[child.name];
    if (handle !== undefined) handle(child, reading);
    else if (/^(?:draw|dr3d):/.test(child.name)) reading.shapes.push(child);
    else readChildren(child, reading);
  }
}

function addText(text: string, reading: Inline): void {
  if (reading.isHidden || reading.story.isHidden) {
    reading.hiddenText += text;
    return;
  }
  reading.story.reading.changes.addText(text);
  reading.builder.add(reading.isHigh ? toSuperscript(text) : text);
}

/** The span itself decides, then what it is in. */
function readSpan(span: XmlElement, reading: Inline): void {
  const style = reading.story.styles.text(span.attributes['text:style-name']);
  const { isHidden, isHigh } = reading;
  reading.isHidden = style.isHidden ?? isHidden;
  reading.isHigh = isHigh || style.isHigh;
  readChildren(span, reading);
  reading.isHidden = isHidden;
  reading.isHigh = isHigh;
}

function readLink(link: XmlElement, reading: Inline): void {
  const target = link.attributes['xlink:href'] ?? '';
  if (target === '') readChildren(link, reading);
  else reading.builder.addLinked(target, () => readChildren(link, reading));
}

/** It repeats in another script what stands below it. */
function readRuby(_: XmlElement, { story }: Inline): void {
  story.reading.tally.add('ruby');
}

function readHiddenField(field: XmlElement, reading: Inline): void {
  if (field.attributes['text:is-hidden'] === 'true') {
    reading.hiddenText += ` ${field.attributes['text:string-value'] ?? ''} `;
    return;
  }
  readChildren(field, reading);
}

/** What stands before it is hidden as well. */
function readHiddenParagraph(field: XmlElement, reading: Inline): void {
  if (field.attributes['text:is-hidden'] !== 'true') return;
  reading.hiddenText = `${reading.builder.take().text} ${reading.hiddenText}`;
  reading.isHidden = true;
}

/** A variable may be set without being shown. */
function readSetter(field: XmlElement, reading: Inline): void {
  const { isHidden } = reading;
  reading.isHidden ||= field.attributes['text:display'] === 'none';
  readChildren(field, reading);
  reading.isHidden = isHidden;
}

/** A formula is part of the sentence; anything else in a frame stands behind the paragraph. */
function readFrame(frame: XmlElement, reading: Inline): void {
  const formula = mathIn(childOf(frame, 'draw:object'), reading.story.reading.file);
  if (formula === undefined) reading.shapes.push(frame);
  else addText(` ${formula} `, reading);
}
