import { type Box, unionOf } from './geometry.ts';
import { joinLines, rowsOf, type TextLine, type TextRun } from './lines.ts';

/** A table as far as it is seen on a page. */
export interface PdfTable {
  readonly box: Box;
  readonly rows: readonly PdfRow[];
  readonly runs: ReadonlySet<TextRun>;
}

export interface PdfRow {
  readonly cells: readonly string[];
  readonly runs: readonly TextRun[];
  readonly merges: readonly { column: number; columns: number; rows: number }[];
}

/** Rules that miss each other by less meet. */
const tolerance = 3;
const maxRulesOfGrids = 2_000;
const maxCells = 20_000;
/** A frame around a page is no table: its cells hold whole paragraphs. */
const maxLinesOfCell = 30;

/** Tables whose rules make a grid of at least two rows and two columns. */
export function ruledTables(rules: readonly Box[], runs: readonly TextRun[]): PdfTable[] {
  const merged = joined(rules);
  if (merged.length < 4 || merged.length > maxRulesOfGrids) return [];
  const taken = new Set<TextRun>();
  return groupsOf(merged).flatMap((group) => {
    const free = runs.filter((run) => !taken.has(run));
    const table = tableOf(group, free);
    for (const run of table?.runs ?? []) taken.add(run);
    return table === undefined ? [] : [table];
  });
}

function isLevel(rule: Box): boolean {
  return rule.top === rule.bottom;
}

/** Rules are often drawn cell by cell: what lies in one line and touches is one rule. */
function joined(rules: readonly Box[]): Box[] {
  const level = rules.filter((rule) => isLevel(rule) && rule.right - rule.left > tolerance);
  const upright = rules.filter((rule) => !isLevel(rule) && rule.bottom - rule.top > tolerance);
  const turnedBack = joinedLevel(upright.map(turned)).map(turned);
  return [...joinedLevel(level), ...turnedBack];
}

/** Across becomes down. */
function turned({ left, top, right, bottom }: Box): Box {
  return { left: top, top: left, right: bottom, bottom: right };
}

function joinedLevel(rules: readonly Box[]): Box[] {
  const result: Box[] = [];
  const inOrder = [...rules].sort(
    (a, b) => Math.round(a.top) - Math.round(b.top) || a.left - b.left,
  );
  for (const rule of inOrder) {
    const last = result.at(-1);
    const touches =
      last !== undefined &&
      Math.abs(last.top - rule.top) < 1.5 &&
      rule.left - last.right < tolerance;
    if (touches) {
      const whole = unionOf([last, rule]);
      result[result.length - 1] = { ...whole, bottom: whole.top };
    } else result.push(rule);
  }
  return result;
}

/** Rules that meet, directly or over others. */
function groupsOf(rules: readonly Box[]): Box[][] {
  const group = rules.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (group[root] !== root) root = group[root] ?? root;
    return root;
  };
  for (const [index, rule] of rules.entries()) {
    for (let other = 0; other < index; other += 1) {
      const candidate = rules[other];
      if (candidate !== undefined && isLevel(rule) !== isLevel(candidate) && meets(rule, candidate))
        group[rootOf(index)] = rootOf(other);
    }
  }
  const groups = new Map<number, Box[]>();
  for (const [index, rule] of rules.entries()) {
    const members = groups.get(rootOf(index)) ?? [];
    members.push(rule);
    groups.set(rootOf(index), members);
  }
  return [...groups.values()].sort((a, b) => unionOf(a).top - unionOf(b).top);
}

function meets(a: Box, b: Box): boolean {
  return (
    a.left <= b.right + tolerance &&
    b.left <= a.right + tolerance &&
    a.top <= b.bottom + tolerance &&
    b.top <= a.bottom + tolerance
  );
}

interface Grid {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly upright: readonly Box[];
}

function tableOf(rules: readonly Box[], runs: readonly TextRun[]): PdfTable | undefined {
  const upright = rules.filter((rule) => !isLevel(rule));
  const level = rules.filter(isLevel);
  const box = unionOf(rules);
  // A table open at its sides still has two edges: where its rules end.
  const columns = placesOf([...upright.map((rule) => rule.left), box.left, box.right]);
  const rows = placesOf([...level.map((rule) => rule.top), box.top, box.bottom]);
  if (columns.length < 3 || rows.length < 3 || upright.length === 0 || level.length < 2)
    return undefined;
  if (columns.length * rows.length > maxCells) return undefined;
  const inside = runs.filter((run) => isInside(run, box));
  const found = rowsOfGrid({ columns, rows, upright }, inside);
  if (found === undefined || found.length < 2) return undefined;
  const filled = found.flatMap((row) => row.cells).filter((cell) => cell !== '').length;
  const isTable = found.some((row) => row.cells.filter((cell) => cell !== '').length > 1);
  return isTable && filled > 3 ? { box, rows: found, runs: new Set(inside) } : undefined;
}

/** Distinct places in rising order. */
function placesOf(values: readonly number[]): number[] {
  const places: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    const last = places.at(-1);
    if (last === undefined || value - last > tolerance) places.push(value);
  }
  return places;
}

function isInside(run: TextRun, box: Box): boolean {
  const middle = run.baseline - run.size * 0.3;
  const centre = (run.left + run.right) / 2;
  return middle > box.top && middle < box.bottom && centre > box.left && centre < box.right;
}

function rowsOfGrid(grid: Grid, runs: readonly TextRun[]): PdfRow[] | undefined {
  const bands = grid.rows.slice(0, -1).map((): TextRun[] => []);
  for (const run of runs) bands[placeIn(grid.rows, run.baseline - run.size * 0.3)]?.push(run);
  const rows: PdfRow[] = [];
  for (const [index, band] of bands.entries()) {
    if (band.length === 0) continue;
    const top = grid.rows[index] ?? 0;
    const middle = (top + (grid.rows[index + 1] ?? top)) / 2;
    const columnOf = columnsAt(grid, middle);
    const cells = cellsIn(band, grid, columnOf);
    if (cells.some((cell) => cell.length > maxLinesOfCell)) return undefined;
    const parts = linesThatAreRows(band, grid, columnOf);
    for (const part of parts) rows.push(rowOf(part, grid, columnOf));
  }
  return rows;
}

/** The first column of the cell to which each column belongs at a height: where no rule stands between, they are one. */
function columnsAt({ columns, upright }: Grid, height: number): number[] {
  const first: number[] = [];
  for (const [index, left] of columns.slice(0, -1).entries()) {
    const isDivided =
      index === 0 ||
      upright.some(
        (rule) =>
          Math.abs(rule.left - left) <= tolerance && rule.top <= height && rule.bottom >= height,
      );
    first.push(isDivided ? index : (first[index - 1] ?? index));
  }
  return first;
}

function cellsIn(runs: readonly TextRun[], grid: Grid, columnOf: readonly number[]): TextLine[][] {
  const cells = grid.columns.slice(0, -1).map((): TextRun[] => []);
  for (const run of runs) {
    const column = columnOf[placeIn(grid.columns, (run.left + run.right) / 2)] ?? 0;
    cells[column]?.push(run);
  }
  return cells.map((cell) => rowsOf(cell));
}

/** Some tables rule off their head only. Where every line has a first cell and most cells are filled, lines are rows. */
function linesThatAreRows(
  band: readonly TextRun[],
  grid: Grid,
  columnOf: readonly number[],
): (readonly TextRun[])[] {
  const lines = rowsOf(band);
  if (lines.length < 3 || grid.rows.length > 4) return [band];
  const areRows = lines.every((line) => {
    const filled = cellsIn(line.runs, grid, columnOf).map((cell) => cell.length > 0);
    return filled[0] === true && filled.filter(Boolean).length * 2 > new Set(columnOf).size;
  });
  return areRows ? lines.map((line) => line.runs) : [band];
}

function rowOf(runs: readonly TextRun[], grid: Grid, columnOf: readonly number[]): PdfRow {
  const cells = cellsIn(runs, grid, columnOf).map((lines) =>
    lines.map((line) => line.text).reduce(joinLines, ''),
  );
  const merges = [...new Set(columnOf)]
    .map((column) => ({
      column,
      columns: columnOf.filter((each) => each === column).length,
      rows: 1,
    }))
    .filter((merge) => merge.columns > 1);
  return { cells, runs, merges };
}

function placeIn(places: readonly number[], value: number): number {
  const index = places.findIndex((place) => place > value) - 1;
  return Math.min(Math.max(0, index < -1 ? places.length - 2 : index), places.length - 2);
}
