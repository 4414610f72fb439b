import type { SourceFile } from '#shared/domain/document.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList, type NewUnit, type Place } from '../unit-list.ts';
import { eachMixedChildOf, type XmlElement } from '../xml.ts';
import { readBlocks } from './odf/blocks.ts';
import { createChanges } from './odf/changes.ts';
import { openOdf } from './odf/package.ts';
import { createPages } from './odf/pages.ts';
import { readShape } from './odf/shapes.ts';
import { type SlideShape, slideShapesOf } from './odf/slide-shapes.ts';
import {
  createReading,
  createStory,
  firstNumber,
  numberParagraphs,
  type Reading,
  type Story,
} from './odf/story.ts';
import { createOdfStyles, type OdfStyles } from './odf/styles.ts';

/** Reads a presentation of OpenDocument (ODF 1.3) or a template of one: its slides in order, each with its notes and comments. */
export async function readOdp({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const file = openOdf(bytes);
  const units = createUnitList(documentId);
  const reading = createReading({
    file,
    units,
    changes: createChanges(),
    pages: createPages(false),
  });
  const { common, masterPages } = readStylePart(file.styles);
  const slides = createSlides(reading, createOdfStyles(common), masterPages);
  eachMixedChildOf(file.content, bodyNames, slides.read);
  const shown = units.units.find(({ kind }) => kind === 'title' || kind === 'heading');
  const title = file.title ?? shown?.text;
  return {
    ...(title === undefined ? {} : { title }),
    ...(slides.count() === 0 ? {} : { pageCount: slides.count() }),
    units: units.units,
    warnings: reading.tally.warnings(),
    hidden: reading.hidden,
  };
}

const bodyNames = new Set(['office:automatic-styles', 'office:presentation']);
const stylePartNames = new Set(['office:styles', 'office:master-styles']);

function readStylePart(bytes: Uint8Array | undefined) {
  const common = createOdfStyles();
  const masterPages = new Map<string, number>();
  if (bytes === undefined) return { common, masterPages };
  eachMixedChildOf(bytes, stylePartNames, (element, parent) => {
    if (parent.name === 'office:styles') common.add(element);
    else masterPages.set(element.attributes['style:name'] ?? '', countFreeText(element));
  });
  return { common, masterPages };
}

/** Shapes on a master that are no placeholder and have text. */
function countFreeText(master: XmlElement): number {
  const shapes = slideShapesOf(master).filter((shape) => shape.role === undefined);
  return shapes.filter(({ element }) => hasText(element)).length;
}

function hasText({ name, text, children }: XmlElement): boolean {
  if (name === 'text:p' || name === 'text:h') return textIn({ text, children }).trim() !== '';
  return children.some(hasText);
}

function textIn({ text, children }: Pick<XmlElement, 'text' | 'children'>): string {
  return children.length === 0 ? text : children.map(textIn).join('');
}

interface Slides {
  /** Takes in a child of the automatic styles or of the presentation. */
  read(element: XmlElement, parent: XmlElement): void;
  count(): number;
}

interface Slide {
  readonly number: number;
  readonly isHidden: boolean;
}

/** Footers that slides take from declarations, or have as shapes, are read once for each version. */
interface Footers {
  readonly seen: Set<string>;
  readonly declared: Map<string, NewUnit['text']>;
}

function createSlides(
  reading: Reading,
  styles: OdfStyles,
  masterPages: Map<string, number>,
): Slides {
  const footers: Footers = { seen: new Set(), declared: new Map() };
  let count = 0;
  return {
    count: () => count,
    read(element, parent) {
      if (parent.name === 'office:automatic-styles') styles.add(element);
      else if (/^presentation:(?:header|footer|date-time)-decl$/.test(element.name)) {
        declare(element, footers);
      } else if (element.name === 'draw:page') {
        count += 1;
        const isHidden = styles.isHiddenSlide(element.attributes['draw:style-name']);
        if (isHidden) reading.tally.add('hiddenSlide');
        readSlide(element, { number: count, isHidden }, { reading, styles, footers });
        const master = element.attributes['draw:master-page-name'] ?? '';
        reading.tally.add('masterText', masterPages.get(master) ?? 0);
        masterPages.delete(master);
      }
    },
  };
}

interface Around {
  readonly reading: Reading;
  readonly styles: OdfStyles;
  readonly footers: Footers;
}

function declare({ name, attributes, text }: XmlElement, { declared }: Footers): void {
  const isMoving = attributes['presentation:source'] === 'current-date';
  const key = `${name.replace('-decl', '-name')} ${attributes['presentation:name'] ?? ''}`;
  if (!isMoving) declared.set(key, text);
}

function readSlide(page: XmlElement, slide: Slide, around: Around): void {
  around.reading.units.leaveHeadings();
  const shapes = slideShapesOf(page);
  const hasSubtitle = shapes.some(({ role }) => role === 'subtitle');
  const titleKind = slide.number === 1 && hasSubtitle ? 'title' : 'heading';
  const isTitle = ({ role }: SlideShape) => role === 'title';
  const ordered = [...shapes.filter(isTitle), ...shapes.filter((shape) => !isTitle(shape))];
  for (const shape of ordered)
    readSlideShape(shape, slide, { ...around, part: 'slide', titleKind });
  for (const notes of page.children.filter(({ name }) => name === 'presentation:notes')) {
    for (const shape of slideShapesOf(notes)) {
      readSlideShape(shape, slide, { ...around, part: 'notes', titleKind });
    }
    readDeclared(notes, slide, around);
  }
  readDeclared(page, slide, around);
  readComments(page, slide, around);
}

interface ShapeReading extends Around {
  readonly part: 'slide' | 'notes';
  readonly titleKind: 'title' | 'heading';
}

const footerRoles = new Set(['header', 'footer', 'date-time', 'page-number']);

/** A title is one unit, however many paragraphs it is broken into. */
function readSlideShape(shape: SlideShape, slide: Slide, around: ShapeReading): void {
  const { reading, styles, part, titleKind } = around;
  const { element, role, id, isPrompt } = shape;
  if (isPrompt) {
    if (hasText(element)) reading.tally.add('prompt');
    return;
  }
  const numbers = numberParagraphs(element, { body: 0, footnote: 0, endnote: 0, comment: 0 });
  const place = (each: XmlElement): Place => {
    const paragraph = firstNumber(each, numbers) ?? 1;
    return { kind: 'slide', slide: slide.number, part, shape: id, paragraph };
  };
  const story = createStory(reading, styles, { place, readBlocks });
  const isTitle = role === 'title' && part === 'slide';
  const isFooter = footerRoles.has(role ?? '');
  if (!isTitle && !isFooter) {
    readShape(element, { ...story, emit: (unit) => addToSlide(unit, slide, around) });
    return;
  }
  const texts: NewUnit[] = [];
  readShape(element, { ...story, emit: (unit) => texts.push(unit) });
  const [first] = texts;
  if (first === undefined) return;
  const text = texts.map((unit) => unit.text).join(' ');
  const own = { text, place: first.place };
  if (isFooter) addFooter({ ...own, kind: footerKind(role) }, slide, { around, role });
  else
    addUnit(
      titleKind === 'title' ? { ...own, kind: 'title' } : { ...own, kind: 'heading', level: 1 },
      slide,
      reading,
    );
}

/** In notes every paragraph is one of the speaker's; on slides what a heading is the title alone says. */
function addToSlide(unit: NewUnit, slide: Slide, { reading, part }: ShapeReading): void {
  const isText = unit.kind !== 'table-row' && unit.kind !== 'chart' && unit.kind !== 'comment';
  const { level, ...rest } = unit;
  if (isText && part === 'notes') addUnit({ ...rest, kind: 'speaker-notes' }, slide, reading);
  else if (unit.kind === 'heading') addUnit({ ...rest, kind: 'paragraph' }, slide, reading);
  else addUnit(unit, slide, reading);
}

function addUnit(unit: NewUnit, { isHidden }: Slide, { units }: Reading): void {
  units.add(isHidden ? { ...unit, isHidden } : unit);
}

function footerKind(role: string | undefined) {
  return role === 'header' ? ('page-header' as const) : ('page-footer' as const);
}

function addFooter(
  unit: NewUnit,
  slide: Slide,
  { around, role }: { readonly around: Around; readonly role: string | undefined },
): void {
  const { reading, footers } = around;
  const key = `${unit.kind} ${slide.isHidden} ${unit.text}`;
  if (role === 'page-number' || footers.seen.has(key)) {
    reading.tally.add('footer');
    return;
  }
  footers.seen.add(key);
  addUnit(unit, slide, reading);
}

/** Declared footers are shown by the master; the slide or its notes say which one. They stand in no shape of the slide. */
function readDeclared(page: XmlElement, slide: Slide, around: Around): void {
  for (const role of ['header', 'footer', 'date-time']) {
    const name = page.attributes[`presentation:use-${role}-name`];
    const text = around.footers.declared.get(`presentation:${role}-name ${name}`);
    if (name === undefined || text === undefined || text.trim() === '') continue;
    const part = page.name === 'presentation:notes' ? ('notes' as const) : ('slide' as const);
    const place = { kind: 'slide' as const, slide: slide.number, part, paragraph: 1 };
    addFooter({ kind: footerKind(role), text, place }, slide, { around, role });
  }
}

function readComments(page: XmlElement, slide: Slide, { reading, styles }: Around): void {
  const comments = page.children.filter(({ name }) => name === 'office:annotation');
  const around = { ...page, children: comments };
  const numbers = numberParagraphs(around, { body: 0, footnote: 0, endnote: 0, comment: 0 });
  const place = (each: XmlElement): Place => ({
    kind: 'slide',
    slide: slide.number,
    part: 'comments',
    paragraph: firstNumber(each, numbers) ?? 1,
  });
  const story: Story = createStory(reading, styles, { place, readBlocks });
  readBlocks(around, { ...story, emit: (unit) => addUnit(unit, slide, reading) });
}
