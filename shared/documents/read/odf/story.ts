import type { HiddenText, TrackedChange } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { NewUnit, Place, UnitList } from '../../unit-list.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import { createTally, type Tally } from '../tally.ts';
import type { Changes } from './changes.ts';
import { leftOutOfOdf } from './left-out.ts';
import { createNumbering, type Numbering } from './numbering.ts';
import type { OdfPackage } from './package.ts';
import type { Pages } from './pages.ts';
import type { OdfStyles } from './styles.ts';

export type OdfTally = Tally<keyof typeof leftOutOfOdf>;

/** Which paragraphs are counted together: those of the text, and those of notes and comments by themselves. */
export type StoryPart = 'body' | 'footnote' | 'endnote' | 'comment';

/** A paragraph's place among those of its part, from 1. */
export type ParagraphNumbers = ReadonlyMap<XmlElement, number>;

/** What is known of a document while it is read. */
export interface Reading {
  readonly file: OdfPackage;
  readonly units: UnitList;
  readonly tally: OdfTally;
  readonly hidden: HiddenText[];
  readonly changes: Changes;
  readonly pages: Pages;
  nextTable(): number;
  /** Counts cells that only numbers in the file call for; refuses a file with too many. */
  spendCells(count: number): void;
}

/** A run of text that is read from beginning to end: the body, a header, a note, a shape, a cell. */
export interface Story {
  readonly reading: Reading;
  readonly styles: OdfStyles;
  readonly numbering: Numbering;
  /** It is hidden as a whole. */
  readonly isHidden: boolean;
  /** Where a paragraph stands, or the first one in an element. */
  place(element: XmlElement, part: StoryPart): Place;
  emit(unit: NewUnit): void;
  /** Adds what stands in an element; here, since boxes and cells hold what boxes and cells may stand in. */
  readBlocks(parent: XmlElement, story: Story): void;
}

/** What is made of repeats; no real table comes near it. */
const maxRepeatedCells = 1_000_000;

export function createReading(
  made: Pick<Reading, 'file' | 'units' | 'changes' | 'pages'>,
): Reading {
  let tableCount = 0;
  let cellsLeft = maxRepeatedCells;
  return {
    ...made,
    tally: createTally(leftOutOfOdf),
    hidden: [],
    nextTable() {
      tableCount += 1;
      return tableCount;
    },
    spendCells(count) {
      cellsLeft -= count;
      if (cellsLeft < 0) throw tooManyCells();
    },
  };
}

export function createStory(
  reading: Reading,
  styles: OdfStyles,
  made: Pick<Story, 'place' | 'readBlocks'>,
): Story {
  return {
    reading,
    styles,
    numbering: createNumbering(styles),
    isHidden: false,
    ...made,
    emit: (unit) => {
      reading.units.add(unit);
    },
  };
}

/** Keeps text apart that a reader of the page does not see. */
export function addHidden(rawText: string, place: Place, { hidden, tally }: Reading): void {
  const text = collapseWhiteSpace(rawText);
  if (text === '') return;
  hidden.push({ text, locator: { ...place, headingPath: [] } });
  tally.add('hidden');
}

/** Locators of changes stand under no heading. */
export function locatorOf(place: Place): TrackedChange['locator'] {
  return { ...place, headingPath: [] };
}

/** Numbers the paragraphs in an element, those that are not read included, so that the numbers are those that any XML tool counts. */
export function numberParagraphs(
  element: XmlElement,
  counts: Record<StoryPart, number>,
): ParagraphNumbers {
  const numbers = new Map<XmlElement, number>();
  const visit = (each: XmlElement, part: StoryPart) => {
    if (each.name === 'text:p' || each.name === 'text:h') {
      counts[part] += 1;
      numbers.set(each, counts[part]);
    }
    const inside = partIn(each, part);
    for (const child of each.children) visit(child, inside);
  };
  visit(element, 'body');
  return numbers;
}

/** The number of an element's first paragraph. */
export function firstNumber(element: XmlElement, numbers: ParagraphNumbers): number | undefined {
  const own = numbers.get(element);
  if (own !== undefined) return own;
  for (const child of element.children) {
    const number = firstNumber(child, numbers);
    if (number !== undefined) return number;
  }
  return undefined;
}

export function noteClassOf(note: XmlElement): 'footnote' | 'endnote' {
  return note.attributes['text:note-class'] === 'endnote' ? 'endnote' : 'footnote';
}

function partIn(element: XmlElement, part: StoryPart): StoryPart {
  if (element.name === 'text:note') return noteClassOf(element);
  return element.name === 'office:annotation' ? 'comment' : part;
}

function tooManyCells(): QuireError {
  return new QuireError(
    'file_too_complex',
    `Expected at most ${maxRepeatedCells} repeated cells in the tables of a text, the file asks for more. Save it again with the program that made it.`,
    { details: { limit: maxRepeatedCells } },
  );
}
