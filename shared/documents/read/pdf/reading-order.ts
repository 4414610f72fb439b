import { lineOf, rowsOf, stretchesOf, type TextLine, type TextRun } from './lines.ts';

/** Columns within columns end here; deeper nesting is a table. */
const maxDepth = 4;
const linesOfColumn = 5;
/** Columns may stand closer to each other than cells. */
const columnGapInEms = 0.8;

/** A stretch of a line without a wide gap: what columns and cells are made of. */
interface Stretch {
  readonly runs: readonly TextRun[];
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly length: number;
}

/**
 * Lines in reading order: column by column where the page is set in columns, from the top down elsewhere. What goes across the columns
 * divides them into bands that are read one after the other (a variant of the XY cut). Cells of a table are no columns: they are
 * short or do not fill their width, so a table is read row by row.
 */
export function linesInOrder(runs: readonly TextRun[]): TextLine[] {
  const stretches = rowsOf(runs).flatMap((line) => {
    const fromLeft = [...line.runs].sort((a, b) => a.left - b.left);
    return stretchesOf(fromLeft, columnGapInEms).map(stretchOf);
  });
  return order(stretches, 0);
}

function stretchOf(runs: readonly TextRun[]): Stretch {
  const { left, right, baseline, text } = lineOf(runs);
  return { runs, left, right, baseline, length: text.length };
}

function order(stretches: readonly Stretch[], depth: number): TextLine[] {
  const gutter = gutterOf(stretches, depth);
  if (gutter === undefined) return rowsOf(stretches.flatMap((each) => [...each.runs]));
  return bandsOf(stretches, gutter).flatMap((band) => {
    const left = band.filter((each) => each.right <= gutter);
    const right = band.filter((each) => each.left >= gutter);
    if (left.length + right.length < band.length || Math.min(left.length, right.length) === 0)
      return order(band, depth + 1);
    const columns = [order(left, depth + 1), order(right, depth + 1)];
    return (isRightToLeft(band) ? columns.reverse() : columns).flat();
  });
}

/** What crosses the gutter together, and what stands between such crossings, from the top down. */
function bandsOf(stretches: readonly Stretch[], gutter: number): Stretch[][] {
  const bands: { isAcross: boolean; stretches: Stretch[] }[] = [];
  for (const line of linesByHeight(stretches)) {
    const isAcross = line.some((each) => crosses(each, gutter));
    const band = bands.at(-1);
    if (band?.isAcross === isAcross) band.stretches.push(...line);
    else bands.push({ isAcross, stretches: [...line] });
  }
  return bands.map((band) => band.stretches);
}

function linesByHeight(stretches: readonly Stretch[]): Stretch[][] {
  const lines: Stretch[][] = [];
  let last: Stretch | undefined;
  for (const each of [...stretches].sort((a, b) => a.baseline - b.baseline)) {
    const size = each.runs[0]?.size ?? 0;
    if (last !== undefined && each.baseline - last.baseline < size * 0.45) lines.at(-1)?.push(each);
    else {
      lines.push([each]);
      last = each;
    }
  }
  return lines;
}

/** Where a column begins: the place to the left of many stretches that the fewest lines cross. */
function gutterOf(stretches: readonly Stretch[], depth: number): number | undefined {
  if (depth >= maxDepth || stretches.length < linesOfColumn * 2) return undefined;
  const starts = new Map<number, number>();
  for (const { left } of stretches) {
    const at = Math.round(left / 2) * 2;
    starts.set(at, (starts.get(at) ?? 0) + 1);
  }
  const candidates = [...starts]
    .filter(([, count]) => count >= 3)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([at]) => at - 3);
  let best: { gutter: number; score: number } | undefined;
  for (const gutter of candidates) {
    const score = scoreOf(stretches, gutter, depth);
    if (score > (best?.score ?? 0)) best = { gutter, score };
  }
  return best?.gutter;
}

/** Lines that the gutter divides, less those that cross it; 0 where the sides are not columns of prose. */
function scoreOf(stretches: readonly Stretch[], gutter: number, depth: number): number {
  const bands = bandsOf(stretches, gutter);
  const isDivided = (band: readonly Stretch[]) =>
    !band.some((each) => crosses(each, gutter)) &&
    band.some((each) => each.right <= gutter) &&
    band.some((each) => each.left >= gutter);
  const divided = bands.filter(isDivided).flat();
  const left = divided.filter((each) => each.right <= gutter);
  const right = divided.filter((each) => each.left >= gutter);
  const isSide = (side: readonly Stretch[]) =>
    isColumn(side) || gutterOf(side, depth + 2) !== undefined;
  if (!isSide(left) || !isSide(right)) return 0;
  return Math.max(0, divided.length - (stretches.length - divided.length) * 0.3);
}

function crosses(stretch: Stretch, gutter: number): boolean {
  return stretch.left < gutter && stretch.right > gutter;
}

/** Prose fills its column: most lines are nearly as wide as the widest usual one, and hold a good many letters. */
function isColumn(stretches: readonly Stretch[]): boolean {
  const heights = new Set(stretches.map((each) => Math.round(each.baseline / 4)));
  if (heights.size < linesOfColumn) return false;
  const widths = stretches.map((each) => each.right - each.left).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length * 0.9)] ?? 0;
  const wide = widths.filter((width) => width > usual * 0.7).length;
  const letters = stretches.reduce((sum, each) => sum + each.length, 0) / stretches.length;
  const lefts = Math.min(...stretches.map((each) => each.left));
  const rights = Math.max(...stretches.map((each) => each.right));
  return wide > widths.length * 0.5 && letters > 15 && usual > (rights - lefts) * 0.5;
}

function isRightToLeft(stretches: readonly Stretch[]): boolean {
  const count = stretches.filter((each) => each.runs.some((run) => run.isRightToLeft)).length;
  return count * 2 > stretches.length;
}
