import { childOf, type XmlElement } from '../../xml.ts';
import type { InlineContent } from './content.ts';
import { readChart, readDiagram } from './drawings.ts';
import { targetOfInstruction } from './field-codes.ts';
import { textOfMath } from './math.ts';
import {
  addChange,
  addFormatting,
  addHidden,
  addText,
  endReading,
  type Reading,
  startReading,
} from './reading.ts';
import { readRemoved } from './removed.ts';
import { formattingIn, markRevisionsOf, type Revision, revisionOf } from './revisions.ts';
import { placeOf, type Story } from './story.ts';
import type { ParagraphStyle } from './styles.ts';
import { symbolOf } from './symbols.ts';
import type { LeftOut } from './tally.ts';
import { branchOf, rawTextOf, settingOf, toggleOf } from './xml.ts';

/**
 * Reads what a reader of the page sees: results of fields, insertions, placeholders of content controls; no instructions, no deletions,
 * nothing hidden. Text that is hidden in the web view alone (`w:webHidden`) is seen, and so is a heading whose mark is hidden so that
 * the text goes on behind it (`w:specVanish`): that hides the mark, not the text.
 */
export function readInline(
  paragraph: XmlElement,
  { properties, style }: { properties: XmlElement | undefined; style: ParagraphStyle },
  story: Story,
): InlineContent {
  const reading = startReading(paragraph, style, story);
  readChildren(paragraph, reading);
  const { links, unfinished } = story.fields.endParagraph(reading.text.length);
  for (const link of links) reading.links.push(link);
  addText(unfinished, reading);
  if (properties !== undefined) readProperties(properties, reading);
  endReading(reading);
  const { text, asides, textBoxes } = reading;
  const page = reading.page ?? story.pages.current();
  return { text, links: reading.links, page, asides, textBoxes };
}

type Handler = (element: XmlElement, reading: Reading) => void;

const ignore: Handler = () => undefined;
const space: Handler = (_, reading) => addText(' ', reading);
const leaveOut =
  (what: LeftOut): Handler =>
  (_, reading) =>
    reading.story.tally.add(what);
const added =
  (kind: Revision['kind']): Handler =>
  (element, reading) =>
    readAddition(element, revisionOf(kind, element), reading);
const removed =
  (kind: Revision['kind']): Handler =>
  (element, reading) =>
    readRemoval(element, revisionOf(kind, element), reading);

/** Elements without a handler are looked through: text is only what stands in `w:t`. */
const handlers: Readonly<Record<string, Handler>> = {
  'w:pPr': ignore,
  'w:rPr': ignore,
  'w:sdtPr': ignore,
  'w:r': readRun,
  'w:t': (element, reading) => addText(element.text, reading),
  // Outside of a deletion it is what a program forgot to mark as deleted; it is not shown either.
  'w:delText': (element, reading) => readRemoval(element, { kind: 'deletion' }, reading),
  'a:t': (element, reading) => addText(`${element.text} `, reading),
  'v:textpath': (element, reading) => addText(` ${element.attributes['string'] ?? ''} `, reading),
  'm:oMath': readMath,
  'w:tab': space,
  'w:ptab': space,
  'w:cr': space,
  'w:br': readBreak,
  'w:lastRenderedPageBreak': (_, reading) => reading.story.pages.breakByLayout(),
  'w:noBreakHyphen': (_, reading) => addText('-', reading),
  'w:sym': (element, reading) => addText(symbolOf(element), reading),
  'w:fldChar': readFieldCharacter,
  'w:instrText': (element, { story }) => story.fields.addInstruction(element.text),
  'w:fldSimple': (element, reading) =>
    readLink(element, targetOfInstruction(element.attributes['w:instr'] ?? ''), reading),
  'w:hyperlink': (element, reading) => readLink(element, targetOf(element, reading), reading),
  'w:footnoteReference': readReference,
  'w:endnoteReference': readReference,
  'w:commentReference': (element, { story, asides }) =>
    asides.push(...story.comments.take(element)),
  'w:ins': added('insertion'),
  'w:moveTo': added('move-to'),
  'w:del': removed('deletion'),
  'w:moveFrom': removed('move-from'),
  // The reading aid above characters says once more what they say.
  'w:rt': leaveOut('ruby'),
  'w:txbxContent': (element, reading) => reading.textBoxes.push(element),
  'mc:AlternateContent': (element, reading) => readChildren(branchOf(element), reading),
  'w:object': readObject,
  'w:subDoc': leaveOut('import'),
  'pic:pic': leaveOut('image'),
  'v:imagedata': leaveOut('image'),
  'c:chart': readDrawing,
  'cx:chart': readDrawing,
  'dgm:relIds': readDrawing,
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
  const change = childOf(properties, 'w:rPrChange');
  if (change !== undefined) addFormatting([revisionOf('formatting', change)], reading);
  reading.isSuperscript = settingOf(childOf(properties, 'w:vertAlign')) === 'superscript';
  readChildren(run, reading);
  reading.isSuperscript = false;
}

/** The run itself decides. Styles of character and paragraph that both hide undo each other (ECMA-376 part 1, 17.7.3). */
function isHidden(
  properties: XmlElement | undefined,
  { story, isHiddenByStyle }: Reading,
): boolean {
  const own = toggleOf(childOf(properties, 'w:vanish'));
  if (own !== undefined) return own;
  const style = settingOf(childOf(properties, 'w:rStyle'));
  return (style !== undefined && story.styles.isHidden(style) === true) !== isHiddenByStyle;
}

/** Fields, page breaks and comments count, visible or not. */
function readHiddenRun(run: XmlElement, reading: Reading): void {
  const { story } = reading;
  for (const child of run.children) {
    if (child.name === 'w:fldChar') story.fields.see(child, reading.text.length);
    if (child.name === 'w:lastRenderedPageBreak') story.pages.breakByLayout();
    if (child.name === 'w:instrText') story.fields.addInstruction(child.text);
    if (child.name === 'w:commentReference') reading.asides.push(...story.comments.take(child));
  }
  addHidden(rawTextOf(run), reading);
}

function readMath(element: XmlElement, reading: Reading): void {
  addText(` ${textOfMath(element)} `, reading);
  readRemovalsIn(element, reading);
}

function readRemovalsIn(element: XmlElement, reading: Reading): void {
  for (const child of element.children) {
    if (child.name === 'w:del' || child.name === 'w:moveFrom')
      handlers[child.name]?.(child, reading);
    else readRemovalsIn(child, reading);
  }
}

function readBreak(element: XmlElement, reading: Reading): void {
  if (element.attributes['w:type'] === 'page') reading.story.pages.breakByAuthor();
  addText(' ', reading);
}

function readFieldCharacter(character: XmlElement, reading: Reading): void {
  const ended = reading.story.fields.see(character, reading.text.length);
  if (ended === undefined) return;
  addText(ended.shown, reading);
  if (ended.link !== undefined) reading.links.push(ended.link);
}

function targetOf({ attributes }: XmlElement, { story }: Reading): string | undefined {
  const bookmark = attributes['w:anchor'];
  const address = story.relations.hyperlink(attributes['r:id']);
  if (bookmark === undefined || bookmark === '') return address;
  return `${address ?? ''}#${bookmark}`;
}

function readLink(element: XmlElement, target: string | undefined, reading: Reading): void {
  const from = reading.text.length;
  readChildren(element, reading);
  const to = reading.text.length;
  if (target !== undefined && target !== '' && to > from) reading.links.push({ from, to, target });
}

function readReference(reference: XmlElement, reading: Reading): void {
  const note = reading.story.notes.take(reference);
  if (note !== undefined) reading.asides.push(note);
}

function readAddition(element: XmlElement, revision: Revision, reading: Reading): void {
  const from = reading.text.length;
  readChildren(element, reading);
  // What is not among the text, because somebody else deleted it again or because it is hidden, was inserted nevertheless.
  const text = reading.text.slice(from) || rawTextOf(element);
  addChange(text, { revision, from }, reading);
}

function readRemoval(element: XmlElement, revision: Revision, reading: Reading): void {
  const { text, comments } = readRemoved(element, revision, reading.story);
  reading.asides.push(...comments);
  addChange(text, { revision, from: reading.text.length }, reading);
}

function readObject(element: XmlElement, reading: Reading): void {
  reading.story.tally.add('object');
  for (const child of element.children) findTextBoxes(child, reading);
}

/** The picture of an object is no image of its own, but somebody may have written on it. */
function findTextBoxes(element: XmlElement, reading: Reading): void {
  if (element.name === 'w:txbxContent') reading.textBoxes.push(element);
  else for (const child of element.children) findTextBoxes(child, reading);
}

function readDrawing(reference: XmlElement, reading: Reading): void {
  const { story, paragraph } = reading;
  const drawing =
    reference.name === 'dgm:relIds'
      ? readDiagram(reference, story.relations)
      : readChart(reference, story.relations);
  if (drawing === undefined) story.tally.add('drawing');
  else reading.asides.push({ ...drawing, place: placeOf(paragraph, story, story.pages.current()) });
}

function readProperties(properties: XmlElement, reading: Reading): void {
  for (const revision of markRevisionsOf(properties)) {
    addChange('\n', { revision, from: reading.text.length }, reading);
  }
  addFormatting(formattingIn(properties), reading);
}
