/** A new source for a range of a part. `cut` gives ranges of the old source, with the edits inside them. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  compose(cut: (start: number, end: number) => string): string;
}

/** A part with edits. They may be nested, as a text box stands in a paragraph, but do not overlap otherwise. */
export function spliceEdits(source: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((left, right) => left.start - right.start || right.end - left.end);
  /** `from` is the first edit that may be inside the range: an edit never comes before the one that it is nested in. */
  const cut = (start: number, end: number, from: number): string => {
    const pieces: string[] = [];
    let at = start;
    let index = Math.max(from, firstAtOrAfter(sorted, start));
    for (let edit = sorted[index]; edit !== undefined && edit.end <= end; edit = sorted[index]) {
      const next = index + 1;
      pieces.push(
        source.slice(at, edit.start),
        edit.compose((innerStart, innerEnd) => cut(innerStart, innerEnd, next)),
      );
      at = edit.end;
      index = Math.max(next, firstAtOrAfter(sorted, at));
    }
    pieces.push(source.slice(at, end));
    return pieces.join('');
  };
  return cut(0, source.length, 0);
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
