import type { Segment as SegmentView, UntouchedTexts } from '#shared/domain/edit-view.ts';
import type { Place } from '../unit-list.ts';

/** A segment with its place in the words of the reader's locators. */
export interface Segment extends Omit<SegmentView, 'locator'> {
  readonly place: Place;
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
