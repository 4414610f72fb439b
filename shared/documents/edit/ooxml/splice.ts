import { QuireError } from '#shared/domain/errors.ts';

/** A new source for a range of a part. `cut` gives ranges of the old source, with the edits inside them. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  compose(cut: (start: number, end: number) => string): string;
}

/** A new text for a range of a part; for an empty range, a text that is put in there. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A part with edits. They may be nested, as a text box stands in a paragraph, but do not overlap otherwise. What is put in at a place comes
 * before what stands there, whether that is edited or not.
 */
export function spliceEdits(source: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted(inOrder);
  /** `from` is the first edit that may be inside the range: an edit never comes before the one that it is nested in. */
  const cut = (start: number, end: number, { from, isWhole = false }: Cut): string => {
    const pieces: string[] = [];
    let at = start;
    let index = Math.max(from, firstAtOrAfter(sorted, start));
    // What is put in at the end of a range belongs to what follows, so that it is there once.
    const isWithin = (edit: Edit) => edit.end <= end && (edit.start < end || isWhole);
    for (let edit = sorted[index]; edit !== undefined && isWithin(edit); edit = sorted[index]) {
      const next = index + 1;
      pieces.push(
        source.slice(at, edit.start),
        edit.compose((innerStart, innerEnd) => cut(innerStart, innerEnd, { from: next })),
      );
      at = edit.end;
      index = Math.max(next, firstAtOrAfter(sorted, at));
    }
    pieces.push(source.slice(at, end));
    return pieces.join('');
  };
  return cut(0, source.length, { from: 0, isWhole: true });
}

/** A part with new texts. None of them may be lost, so that two that overlap are an `internal_error`. */
export function replaceRanges(source: string, replacements: readonly Replacement[]): string {
  let end = 0;
  for (const each of replacements.toSorted(inOrder)) {
    if (each.start < end) {
      throw new QuireError(
        'internal_error',
        'Expected ranges that stand one behind the other, got two that overlap; give each range one text.',
      );
    }
    end = each.end;
  }
  return spliceEdits(
    source,
    replacements.map(({ start, end: last, text }) => ({ start, end: last, compose: () => text })),
  );
}

interface Cut {
  readonly from: number;
  readonly isWhole?: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** By where they start; of those the empty ones first, and then the outer ones. */
function inOrder(left: Range, right: Range): number {
  const isPutIn = ({ start, end }: Range) => (start === end ? 0 : 1);
  return left.start - right.start || isPutIn(left) - isPutIn(right) || right.end - left.end;
}

function firstAtOrAfter(edits: readonly Edit[], position: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edits[middle]?.start ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
