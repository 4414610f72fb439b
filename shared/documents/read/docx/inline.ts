import { childOf, type XmlElement } from '../../xml.ts';
import { textOfMath } from './math.ts';
import type { Note } from './notes.ts';
import type { Story } from './story.ts';
import type { ParagraphStyle } from './styles.ts';
import { symbolOf, toSuperscript } from './symbols.ts';
import type { LeftOut } from './tally.ts';
import { branchOf, settingOf, toggleOf } from './xml.ts';

/** What stands in a paragraph. */
export interface InlineContent {
  readonly text: string;
  /** Where the text begins. */
  readonly page: number | undefined;
  readonly notes: readonly Note[];
  /** `w:txbxContent` of the text boxes that are anchored here. */
  readonly textBoxes: readonly XmlElement[];
}

/** Reads what a reader of the page sees: results of fields, insertions; no instructions, no deletions, nothing hidden. */
export function readInline(
  paragraph: XmlElement,
  style: ParagraphStyle,
  story: Story,
): InlineContent {
  const reading: Reading = {
    story,
    isHiddenByStyle: style.isHidden,
    isSuperscript: false,
    text: '',
    page: undefined,
    notes: [],
    textBoxes: [],
  };
  readChildren(paragraph, reading);
  story.fields.endParagraph();
  const { text, notes, textBoxes } = reading;
  return { text, page: reading.page ?? story.pages.current(), notes, textBoxes };
}

interface Reading {
  readonly story: Story;
  readonly isHiddenByStyle: boolean;
  isSuperscript: boolean;
  text: string;
  page: number | undefined;
  readonly notes: Note[];
  readonly textBoxes: XmlElement[];
}

type Handler = (element: XmlElement, reading: Reading) => void;

const ignore: Handler = () => undefined;
const space: Handler = (_, reading) => addText(' ', reading);
const leaveOut =
  (what: LeftOut): Handler =>
  (_, reading) =>
    reading.story.tally.add(what);

/** Elements without a handler are looked through: text is only what stands in `w:t`. */
const handlers: Readonly<Record<string, Handler>> = {
  'w:pPr': ignore,
  'w:rPr': ignore,
  'w:sdtPr': ignore,
  'w:r': readRun,
  'w:t': (element, reading) => addText(element.text, reading),
  'a:t': (element, reading) => addText(`${element.text} `, reading),
  'm:oMath': (element, reading) => addText(` ${textOfMath(element)} `, reading),
  'w:tab': space,
  'w:ptab': space,
  'w:cr': space,
  'w:br': readBreak,
  'w:lastRenderedPageBreak': (_, reading) => reading.story.pages.breakByLayout(),
  'w:noBreakHyphen': (_, reading) => addText('-', reading),
  'w:sym': (element, reading) => addText(symbolOf(element), reading),
  'w:fldChar': (element, reading) => reading.story.fields.see(element),
  'w:footnoteReference': readReference,
  'w:endnoteReference': readReference,
  'w:commentReference': leaveOut('comment'),
  'w:del': readDeletion,
  'w:moveFrom': ignore,
  // The reading aid above a character (ruby) repeats what is below it.
  'w:rt': ignore,
  'w:txbxContent': (element, reading) => reading.textBoxes.push(element),
  'mc:AlternateContent': (element, reading) => readChildren(branchOf(element), reading),
  'w:object': leaveOut('object'),
  'pic:pic': leaveOut('image'),
  'v:imagedata': leaveOut('image'),
  'c:chart': leaveOut('chart'),
  'dgm:relIds': leaveOut('diagram'),
};

function readChildren(element: XmlElement, reading: Reading): void {
  for (const child of element.children) {
    const handle = handlers[child.name] ?? readChildren;
    handle(child, reading);
  }
}

function readRun(run: XmlElement, reading: Reading): void {
  const properties = childOf(run, 'w:rPr');
  if (isHidden(properties, reading)) {
    readHiddenRun(run, reading);
    return;
  }
  reading.isSuperscript = settingOf(childOf(properties, 'w:vertAlign')) === 'superscript';
  readChildren(run, reading);
  reading.isSuperscript = false;
}

/** The run itself decides, then its character style, then the style of the paragraph. */
function isHidden(
  properties: XmlElement | undefined,
  { story, isHiddenByStyle }: Reading,
): boolean {
  const own = toggleOf(childOf(properties, 'w:vanish'));
  return (
    own ?? story.styles.isHidden(settingOf(childOf(properties, 'w:rStyle'))) ?? isHiddenByStyle
  );
}

/** Fields and page breaks count, visible or not. */
function readHiddenRun(run: XmlElement, { story }: Reading): void {
  for (const child of run.children) {
    if (child.name === 'w:fldChar') story.fields.see(child);
    if (child.name === 'w:lastRenderedPageBreak') story.pages.breakByLayout();
  }
  const hasText = run.children.some((child) => child.name === 'w:t' && child.text.trim() !== '');
  if (hasText && !story.fields.isInInstruction()) story.tally.add('hidden');
}

function addText(text: string, reading: Reading): void {
  const { story } = reading;
  if (story.fields.isInInstruction()) return;
  if (text.trim() !== '') {
    reading.page ??= story.pages.current();
    story.pages.seeText();
  }
  const joinsNumber = reading.isSuperscript && /[\p{L}\p{N})\]]$/u.test(reading.text);
  reading.text += joinsNumber ? toSuperscript(text) : text;
}

function readBreak(element: XmlElement, reading: Reading): void {
  if (element.attributes['w:type'] === 'page') reading.story.pages.breakByAuthor();
  addText(' ', reading);
}

function readReference(reference: XmlElement, reading: Reading): void {
  const note = reading.story.notes.take(reference);
  if (note !== undefined) reading.notes.push(note);
}

function readDeletion(deletion: XmlElement, { story }: Reading): void {
  if (hasDeletedText(deletion)) story.tally.add('deleted');
}

function hasDeletedText({ name, text, children }: XmlElement): boolean {
  const isText = name === 'w:delText' || name === 'w:t';
  return (isText && text !== '') || children.some(hasDeletedText);
}
