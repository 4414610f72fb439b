import { type Box, unionOf } from './geometry.ts';

/** A run of text on a page: one font, one line, one cell. The origin is the upper left corner; sizes are in points. */
export interface TextRun {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** From the top of the page down to the line on which the letters stand. */
  readonly baseline: number;
  readonly size: number;
  readonly isBold: boolean;
  readonly isRightToLeft: boolean;
  /** Heading level that the file's own structure gives it. */
  readonly headingLevel?: number;
  /** Turned text has places of its own; this is where it is on the page. */
  readonly turnedBox?: Box;
}

/** Runs on one height, in the order in which they are read, and the text of them all. */
export interface TextLine {
  readonly runs: readonly TextRun[];
  /** The runs of each stretch without a wide gap. */
  readonly stretches: readonly (readonly TextRun[])[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
  readonly isBold: boolean;
  readonly isRightToLeft: boolean;
  readonly headingLevel: number | undefined;
}

/** A gap of this many ems divides cells; words of one line stand closer. */
const cellGapInEms = 1.4;
/** Letters closer than this many ems belong to one word. */
const wordGapInEms = 0.15;

/** Puts runs on the same height together, from the top down. */
export function rowsOf(runs: readonly TextRun[]): TextLine[] {
  const sorted = [...runs].sort((a, b) => a.baseline - b.baseline || a.left - b.left);
  const rows: { runs: TextRun[]; first: TextRun }[] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    if (row !== undefined && isOnHeight(run, row.first)) row.runs.push(run);
    else rows.push({ runs: [run], first: run });
  }
  return rows.map((row) => lineOf(row.runs));
}

/** Marks that are raised or lowered still belong to the line they stand beside. */
function isOnHeight(run: TextRun, first: TextRun): boolean {
  return Math.abs(first.baseline - run.baseline) < Math.max(first.size, run.size) * 0.45;
}

/** One line of runs that stand on the same height. */
export function lineOf(unsorted: readonly TextRun[]): TextLine {
  const fromLeft = [...unsorted].sort((a, b) => a.left - b.left);
  const weightOf = (isCounted: (run: TextRun) => boolean) =>
    fromLeft.filter(isCounted).reduce((sum, run) => sum + run.text.length, 0);
  const all = weightOf(() => true);
  const isRightToLeft = weightOf((run) => run.isRightToLeft) * 2 > all;
  const stretches = stretchesOf(fromLeft, cellGapInEms).map((each) =>
    inReadingOrder(each, isRightToLeft),
  );
  if (isRightToLeft) stretches.reverse();
  const runs = stretches.flat();
  return {
    runs,
    stretches,
    text: textOf(runs),
    left: Math.min(...runs.map((run) => run.left)),
    right: Math.max(...runs.map((run) => run.right)),
    baseline: baselineOf(runs),
    size: Math.max(...runs.map((run) => run.size)),
    isBold: weightOf((run) => run.isBold) * 2 > all,
    isRightToLeft,
    headingLevel: runs.find((run) => run.headingLevel !== undefined)?.headingLevel,
  };
}

/** Text of runs in reading order, with a space where there is a gap. */
export function textOf(runs: readonly TextRun[]): string {
  let text = '';
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    text += before !== undefined && isApart(before, run) ? ` ${run.text}` : run.text;
  }
  return text.trim();
}

/** A hyphen at the end of a line goes where a small letter follows; otherwise lines join with a space. */
export function joinLines(text: string, next: string): string {
  if (text === '') return next;
  if (/\p{Ll}[-\u2010\u00ad]$/u.test(text) && /^\p{Ll}/u.test(next))
    return text.slice(0, -1) + next;
  return `${text} ${next}`;
}

export function boxOfRuns(runs: readonly TextRun[]): Box {
  return unionOf(
    runs.map(
      (run) =>
        run.turnedBox ?? {
          left: run.left,
          right: run.right,
          top: run.baseline - run.size * 0.8,
          bottom: run.baseline + run.size * 0.2,
        },
    ),
  );
}

/** Height of the widest run: raised marks must not lift a line. */
function baselineOf(runs: readonly TextRun[]): number {
  return runs.reduce((widest, run) =>
    run.right - run.left > widest.right - widest.left ? run : widest,
  ).baseline;
}

function isApart(a: TextRun, b: TextRun): boolean {
  const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  return gap > Math.min(a.size, b.size) * wordGapInEms;
}

/** Divides runs of one line, sorted from the left, where a gap is wide. */
export function stretchesOf(fromLeft: readonly TextRun[], gapInEms: number): TextRun[][] {
  const stretches: TextRun[][] = [];
  let right = 0;
  for (const run of fromLeft) {
    const last = stretches.at(-1);
    if (last !== undefined && run.left - right < run.size * gapInEms) last.push(run);
    else stretches.push([run]);
    right = last === undefined ? run.right : Math.max(right, run.right);
  }
  return stretches;
}

/** In a line of Arabic or Hebrew, numbers and Latin words keep their own order among themselves. */
function inReadingOrder(fromLeft: readonly TextRun[], isRightToLeft: boolean): TextRun[] {
  if (!isRightToLeft) return [...fromLeft];
  const ordered: TextRun[] = [];
  let leftToRight: TextRun[] = [];
  for (const run of [...fromLeft].reverse()) {
    if (/\p{L}|\d/u.test(run.text) && !run.isRightToLeft) {
      leftToRight.unshift(run);
      continue;
    }
    ordered.push(...leftToRight, run);
    leftToRight = [];
  }
  return [...ordered, ...leftToRight];
}
