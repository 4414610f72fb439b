/** A run of text on a page. The origin is the top left corner; sizes are in points. */
export interface TextRun {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly size: number;
  readonly isBold: boolean;
}

/** A line of a column, its runs from left to right. */
export interface TextLine {
  readonly runs: readonly TextRun[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly size: number;
  readonly isBold: boolean;
}

/** Puts runs on the same height together into lines, and lines in reading order: column by column where the page has two. */
export function linesOf(runs: readonly TextRun[], pageWidth: number): TextLine[] {
  const gutter = gutterOf(runs, pageWidth);
  if (gutter === undefined) return rowsOf(runs);
  const across = runs.filter((run) => run.left < gutter && run.right > gutter);
  const columns = [
    runs.filter((run) => run.right <= gutter),
    runs.filter((run) => run.left >= gutter),
  ];
  // What goes across the page divides it: columns are read between such lines.
  const dividers = rowsOf(across);
  const bounds = [...dividers.map((line) => line.top), Number.POSITIVE_INFINITY];
  return bounds.flatMap((bottom, index) => {
    const top = index === 0 ? Number.NEGATIVE_INFINITY : (bounds[index - 1] ?? 0);
    const between = columns.flatMap((column) =>
      rowsOf(column.filter((run) => run.top > top && run.top <= bottom)),
    );
    const divider = dividers[index];
    return divider === undefined ? between : [...between, divider];
  });
}

function rowsOf(runs: readonly TextRun[]): TextLine[] {
  const sorted = [...runs].sort((a, b) => a.top - b.top || a.left - b.left);
  const rows: TextRun[][] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (
      row !== undefined &&
      first !== undefined &&
      Math.abs(first.top - run.top) < Math.max(first.size, run.size) * 0.45
    )
      row.push(run);
    else rows.push([run]);
  }
  return rows.map((row) => lineOf(row.sort((a, b) => a.left - b.left)));
}

function lineOf(runs: readonly TextRun[]): TextLine {
  const text = runs.map((run, index) => gapBefore(run, runs[index - 1]) + run.text).join('');
  const weight = (isCounted: (run: TextRun) => boolean) =>
    runs.filter(isCounted).reduce((sum, run) => sum + run.text.length, 0);
  return {
    runs,
    text: text.trim(),
    left: Math.min(...runs.map((run) => run.left)),
    right: Math.max(...runs.map((run) => run.right)),
    top: runs[0]?.top ?? 0,
    size: Math.max(...runs.map((run) => run.size)),
    isBold: weight((run) => run.isBold) * 2 > weight(() => true),
  };
}

function gapBefore(run: TextRun, before: TextRun | undefined): string {
  if (before === undefined) return '';
  return run.left - before.right > run.size * 0.15 ? ' ' : '';
}

/** The middle of an empty strip that divides most of the text into a left and a right half; `undefined` where there is none. */
function gutterOf(runs: readonly TextRun[], pageWidth: number): number | undefined {
  if (runs.length < 40) return undefined;
  const middle = pageWidth / 2;
  const candidates = [0, -1, 1, -2, 2, -3, 3, -4, 4].map(
    (step) => middle + step * pageWidth * 0.01,
  );
  return candidates.find((x) => {
    const crossing = runs.filter((run) => run.left < x && run.right > x).length;
    const left = runs.filter((run) => run.right <= x);
    const right = runs.filter((run) => run.left >= x);
    const isBalanced = Math.min(left.length, right.length) > runs.length * 0.3;
    return (
      isBalanced && crossing < runs.length * 0.08 && hasFullLines(left, x) && hasFullLines(right, x)
    );
  });
}

/** Columns of prose have lines that end near the gutter or begin at it; the halves of a table do not. */
function hasFullLines(runs: readonly TextRun[], gutter: number): boolean {
  const near = runs.filter(
    (run) => Math.min(Math.abs(run.right - gutter), Math.abs(run.left - gutter)) < 40,
  );
  const characters = runs.reduce((sum, run) => sum + run.text.length, 0) / Math.max(1, runs.length);
  return near.length > runs.length * 0.3 && characters > 12;
}
