import type { Place } from '../unit-list.ts';

/** What a segment is in its file. */
export type SegmentKind =
  | 'paragraph'
  | 'cell'
  | 'comment'
  | 'chart-text'
  | 'sheet-name'
  | 'alt-text'
  | 'property'
  | 'cue';

/**
 * A piece of a file's text that is rewritten as a whole: a paragraph, a cell, a cue. Its text is plain, with two kinds of inline tags
 * where the format changes within it: `<g1>…</g1>` around text in a format of its own, `<x2/>` for something that is no text (a tab, a
 * break, a field, a note's mark, an image). Tags are numbered from 1 in their order. `&`, `<` and `>` of the text are written `&amp;`,
 * `&lt;` and `&gt;`, so that a tag is never mistaken.
 */
export interface Segment {
  /** Stable for the same bytes; says the part and the position in it. */
  readonly id: string;
  readonly kind: SegmentKind;
  /** Where it is, in the words of the reader's locators. */
  readonly place: Place;
  readonly text: string;
}

/** Texts that stay as they are, and why: fit for a sentence, `cells with a text that formulas compare with`. */
export interface UntouchedTexts {
  readonly reason: string;
  readonly count: number;
}

/** A file opened for rewriting its text in place; nothing else of it can be changed. */
export interface EditableFile {
  readonly segments: readonly Segment[];
  /** Texts that a reader sees and that are on purpose no segments, by reason, where they depend on the file and not on its format alone. */
  readonly untouched?: readonly UntouchedTexts[];
  /**
   * The file with new texts for the segments named; all others keep theirs. Parts without a new text stay byte for byte, properties,
   * images, styles, numbering, fields and relationships included. Throws `tags_broken` with the segment's id when a text does not give
   * back each tag of its segment exactly once and well nested, `internal_error` for an unknown id.
   */
  write(texts: ReadonlyMap<string, string>): Uint8Array;
}

/** How a file is edited. */
export interface EditOptions {
  /** Texts given back as they are go through the same rewriting as others: a test of the rewriting itself. */
  readonly isForced?: boolean;
}
