import type { UnitId } from '#shared/domain/ids.ts';
import type { ParagraphAddress } from '#shared/domain/redline.ts';

/** A paragraph as it is compared. */
export interface Passage {
  readonly text: string;
  /** Absent where the document is compared by its units. */
  readonly at?: ParagraphAddress;
  /** Paragraphs of the text boxes that hang on it, in their order. */
  readonly boxes: readonly Passage[];
  /** One of its text boxes has text boxes itself. */
  readonly hasNestedBoxes: boolean;
  /** The cell of the row that it stands in, from 1. */
  readonly cell?: number;
}

/** What is aligned: a paragraph, or a row of a table with all its paragraphs. */
export interface Line {
  readonly kind: 'paragraph' | 'row';
  /** Equal for lines that are the same in every letter. */
  readonly key: string;
  readonly text: string;
  readonly passages: readonly Passage[];
  /** Number of the outermost table it is a row of. */
  readonly table?: number;
  /** Nothing in it can be compared; it stays where it is. */
  readonly isEmpty: boolean;
  /** Units of the document that it holds; the first is the one that is cited. */
  readonly unitIds: readonly UnitId[];
  /** Number and heading as a reader names the clause. */
  readonly clause: string;
  /** Headings above it and its own number, to recognise it by. */
  readonly position: string;
  readonly isHeading: boolean;
  /** Kind and level: a new paragraph is made to look like one of the same style. */
  readonly style: string;
}

/** A stretch of a document whose lines follow each other: its body, a header, its footnotes. */
export interface Part {
  readonly kind: 'body' | 'header' | 'footer' | 'footnote' | 'endnote';
  readonly story: number;
  readonly lines: readonly Line[];
}

/** Words for a part in remarks. */
export function describePart({ kind }: Pick<Part, 'kind'>): string {
  return {
    body: 'body',
    header: 'page header',
    footer: 'page footer',
    footnote: 'footnotes',
    endnote: 'endnotes',
  }[kind];
}

/** All that a passage says, with its text boxes. */
export function fullTextOf({ text, boxes }: Passage): string {
  return [text, ...boxes.map((box) => box.text)].filter((each) => each !== '').join('\n');
}

/** Passages of a row by cell; a cell without any is left out. */
export function cellsOf(passages: readonly Passage[]): ReadonlyMap<number, readonly Passage[]> {
  const cells = new Map<number, Passage[]>();
  for (const passage of passages) {
    const cell = passage.cell ?? 1;
    const known = cells.get(cell);
    if (known === undefined) cells.set(cell, [passage]);
    else known.push(passage);
  }
  return cells;
}
