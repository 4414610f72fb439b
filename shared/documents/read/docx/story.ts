import type { Locator } from '#shared/domain/locator.ts';
import type { Place, UnitList } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import type { Comments } from './comments.ts';
import type { Carried } from './content.ts';
import { createFields, type Fields } from './fields.ts';
import type { Ledger } from './ledger.ts';
import type { Notes } from './notes.ts';
import type { Numbering } from './numbering.ts';
import type { Pages } from './pages.ts';
import type { Relations } from './relations.ts';
import type { Revision } from './revisions.ts';
import type { Sections } from './sections.ts';
import type { StyleSheet } from './styles.ts';
import type { WordTally } from './tally.ts';

export type ParagraphNumbers = Map<XmlElement, number>;
export type StoryPart = Extract<Locator, { kind: 'docx' | 'odt' | 'rtf' }>['part'];
/** Parts that are read along with the body, where it refers to them. */
export type AsidePart = 'footnote' | 'endnote' | 'comment';

/** What goes along while a DOCX is read from its first paragraph to its last. */
export interface Story {
  readonly part: StoryPart;
  /** Of headers and footers: which one, from 1. */
  readonly number?: number;
  readonly styles: StyleSheet;
  readonly numbering: Numbering;
  readonly notes: Notes;
  readonly comments: Comments;
  readonly sections: Sections;
  readonly pages: Pages;
  readonly fields: Fields;
  readonly tally: WordTally;
  readonly units: UnitList;
  readonly ledger: Ledger;
  /** Of the part that is being read. */
  readonly relations: Relations;
  readonly asideRelations: Readonly<Record<AsidePart, Relations>>;
  /** Place among those of their part, from 1, of the paragraphs that are at hand. */
  readonly paragraphNumbers: ParagraphNumbers;
  /** The same of footnotes, endnotes and comments. */
  readonly asideNumbers: ParagraphNumbers;
  readonly carried: Carried;
  /** The tracked change of the row or cell that is being read, so that it is not told once more for each run in it. */
  readonly within?: Revision;
  nextTable(): number;
}

/** The same for a part that the text refers to. */
export function storyOfAside(story: Story, part: AsidePart): Story {
  return {
    ...story,
    part,
    fields: createFields(),
    relations: story.asideRelations[part],
    paragraphNumbers: story.asideNumbers,
    carried: [],
  };
}

/** Numbers the paragraphs in an element, those that are not read included, so that the numbers are those that any XML tool counts. */
export function numberParagraphs(
  element: XmlElement,
  numbers: ParagraphNumbers,
  before = 0,
): number {
  let count = before;
  if (element.name === 'w:p') {
    count += 1;
    numbers.set(element, count);
  }
  for (const child of element.children) count = numberParagraphs(child, numbers, count);
  return count;
}

/** Where an element begins: the number of its first paragraph, and the page if it is known. */
export function placeOf(element: XmlElement, story: Story, page?: number): Place {
  return {
    kind: 'docx' as const,
    part: story.part,
    paragraph: firstNumberIn(element, story) ?? 1,
    ...(story.number === undefined ? {} : { story: story.number }),
    ...(page === undefined ? {} : { page }),
  };
}

function firstNumberIn(element: XmlElement, story: Story): number | undefined {
  if (element.name === 'w:p') return story.paragraphNumbers.get(element);
  for (const child of element.children) {
    const number = firstNumberIn(child, story);
    if (number !== undefined) return number;
  }
  return undefined;
}
