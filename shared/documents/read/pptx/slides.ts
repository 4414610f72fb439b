import type { XmlElement } from '../../xml.ts';
import { childOf } from '../../xml.ts';
import { linksOf } from '../inline-text.ts';
import { createBullets, levelOf, type Mark } from './bullets.ts';
import { readComments } from './comments.ts';
import { addToDeck, type Deck, type Page, type Spot } from './deck.ts';
import { readFrame } from './frames.ts';
import type { Layouts } from './layouts.ts';
import type { Part } from './parts.ts';
import { type Shape, shapesOf, titleTypes } from './shapes.ts';
import { listStyleOf } from './styles.ts';
import { paragraphsIn, readParagraph } from './text.ts';

/** Adds a slide, then its notes, then its comments. */
export function readSlide(
  source: Part,
  slide: number,
  { deck, layouts }: { readonly deck: Deck; readonly layouts: Layouts },
): void {
  const isHidden = ['0', 'false'].includes(source.root.attributes['show'] ?? '1');
  if (isHidden) deck.tally.add('hiddenSlide');
  const around = { deck, slide, isHidden };
  deck.units.leaveHeadings();
  const page: Page = { ...around, part: 'slide', source, stylesFor: layouts.stylesOn(source) };
  for (const shape of shapesOf(source.root)) readShape(shape, page);
  for (const name of source.targetsOf('notesSlide')) {
    const notes = deck.parts.take(name);
    if (notes === undefined) continue;
    const stylesFor = layouts.stylesOn(notes);
    const notesPage: Page = { ...around, part: 'notes', source: notes, stylesFor };
    for (const shape of shapesOf(notes.root)) readShape(shape, notesPage);
  }
  readComments(page);
}

function readShape(shape: Shape, page: Page): void {
  countPictures(shape.element, page);
  if (shape.element.name === 'p:graphicFrame') {
    const unknown = readFrame(shape, page);
    if (unknown !== undefined) readText(unknown, shape, page);
    return;
  }
  if (footerTypes.has(shape.placeholder?.type ?? '')) readFooter(shape, page);
  else if (page.part === 'slide' && titleTypes.has(shape.placeholder?.type ?? ''))
    readTitle(shape, page);
  else readText(shape.element, shape, page);
}

const footerTypes = new Set(['dt', 'ftr', 'hdr', 'sldNum']);

/** A picture, and a shape that is filled with one. */
function countPictures(element: XmlElement, { deck }: Page): void {
  if (element.name === 'p:contentPart') deck.tally.add('ink');
  const properties = childOf(childOf(element, 'p:nvPicPr'), 'p:nvPr');
  const isMedia = properties?.children.some(({ name }) => mediaNames.has(name)) ?? false;
  if (isMedia) deck.tally.add('media');
  else if (element.name === 'p:pic') deck.tally.add('image');
  else if (childOf(childOf(element, 'p:spPr'), 'a:blipFill') !== undefined) deck.tally.add('image');
}

const mediaNames = new Set([
  ...['a:audioCd', 'a:wavAudioFile', 'a:audioFile', 'a:videoFile', 'a:quickTimeFile'],
]);

function spotOf(shape: Shape, page: Page, paragraph: number): Spot {
  return { part: page.part, shape: shape.id, paragraph, isHidden: shape.isHidden };
}

/** A title is one unit, however many paragraphs it is broken into. That of a title slide at the start is the title of the whole. */
function readTitle(shape: Shape, page: Page): void {
  const links = { source: page.source, slideNumbers: page.deck.slideNumbers };
  const texts = paragraphsIn(shape.element).map((each) => readParagraph(each, links).text);
  const text = texts.join(' ');
  const isTitle = shape.placeholder?.type === 'ctrTitle' && page.slide === 1;
  const kind = isTitle ? { kind: 'title' as const } : { kind: 'heading' as const, level: 1 };
  addToDeck(page, spotOf(shape, page, 1 + texts.findIndex((each) => each !== '')), {
    ...kind,
    text,
  });
}

/** The same words at the foot of many slides are read once; numbers and dates that change by themselves never. */
function readFooter(shape: Shape, page: Page): void {
  const { deck } = page;
  const paragraphs = paragraphsIn(shape.element);
  const text = paragraphs
    .map((each) => readParagraph(each, undefined).text)
    .join(' ')
    .trim();
  if (text === '') return;
  const type = shape.placeholder?.type;
  const isField = paragraphs.some((each) => childOf(each, 'a:fld') !== undefined);
  const kind = type === 'hdr' ? 'page-header' : 'page-footer';
  const key = `${kind} ${page.isHidden || shape.isHidden} ${text}`;
  if (type === 'sldNum' || (type === 'dt' && isField) || deck.footers.has(key)) {
    deck.tally.add('footer');
    return;
  }
  deck.footers.add(key);
  addToDeck(page, spotOf(shape, page, 1), { kind, text });
}

function readText(element: XmlElement, shape: Shape, page: Page): void {
  const bullets = createBullets();
  const chain = chainOf(shape, page);
  const links = { source: page.source, slideNumbers: page.deck.slideNumbers };
  for (const [index, paragraph] of paragraphsIn(element).entries()) {
    const content = readParagraph(paragraph, links, shape.link);
    if (content.text === '') continue;
    const mark = bullets.next(paragraph, chain);
    addToDeck(page, spotOf(shape, page, index + 1), {
      ...describe(page, mark, levelOf(paragraph)),
      text: content.text,
      ...linksOf(content),
    });
  }
}

function chainOf(shape: Shape, page: Page) {
  const body = childOf(shape.element, 'p:txBody');
  const own = listStyleOf(childOf(body, 'a:lstStyle'));
  return [own, ...page.stylesFor(shape.placeholder)];
}

function describe(page: Page, mark: Mark | undefined, level: number) {
  const marker = mark === undefined ? {} : { marker: mark.marker };
  if (page.part === 'notes') return { kind: 'speaker-notes' as const, ...marker };
  return mark === undefined
    ? { kind: 'paragraph' as const }
    : { kind: 'list-item' as const, level, ...marker };
}
