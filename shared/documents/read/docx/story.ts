import type { UnitList } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import type { Fields } from './fields.ts';
import type { NotePart, Notes } from './notes.ts';
import type { Numbering } from './numbering.ts';
import type { Pages } from './pages.ts';
import type { StyleSheet } from './styles.ts';
import type { Tally } from './tally.ts';

export type ParagraphNumbers = Map<XmlElement, number>;

/** What goes along while a DOCX is read from its first paragraph to its last. */
export interface Story {
  readonly part: 'body' | NotePart;
  readonly styles: StyleSheet;
  readonly numbering: Numbering;
  readonly notes: Notes;
  readonly pages: Pages;
  readonly fields: Fields;
  readonly tally: Tally;
  readonly units: UnitList;
  /** Place among those of their part, from 1, of the paragraphs that are at hand. */
  readonly paragraphNumbers: ParagraphNumbers;
  /** A large first letter stands in a paragraph of its own; it is kept here until the one that it belongs to. */
  readonly dropCap: { text: string };
  /** The same of footnotes and endnotes. */
  readonly noteNumbers: ParagraphNumbers;
  nextTable(): number;
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
export function placeOf(element: XmlElement, story: Story, page: number | undefined) {
  return {
    kind: 'docx' as const,
    part: story.part,
    paragraph: firstNumberIn(element, story) ?? 1,
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
