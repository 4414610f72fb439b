import { sheetLimits } from '../../limits.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';
import type { SheetBudget } from './budget.ts';

/** Letter of `TableRow.types`. */
export type CellType = 's' | 'n' | 'd' | 'b' | 'e' | '-';

/** A cell with content. */
export interface SheetCell {
  /** From 0. */
  readonly column: number;
  /** As shown; white space is collapsed when it is added to a row. */
  readonly text: string;
  readonly type: CellType;
  /** The exact number, where the text does not say it. */
  readonly number?: number | undefined;
  readonly formula?: string | undefined;
  readonly isBold?: boolean;
  readonly link?: string | undefined;
}

/** Cells of a row that stand together. `cells` and `types` have an entry for every column from `column` to the last cell. */
export interface SheetRow {
  /** From 1. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly cells: string[];
  readonly types: string;
  /** By position in `cells`. */
  readonly numbers?: Record<string, number>;
  readonly formulas?: Record<string, string>;
  /** By column of the sheet. */
  readonly links?: readonly (readonly [column: number, target: string])[];
  /** Whether all its cells with content are bold. */
  readonly isBold: boolean;
  readonly isHidden: boolean;
}

/** Makes rows of cells. Cells that are far apart become rows of their own, so that the space between them costs nothing. */
export function createRows(budget: SheetBudget) {
  let cells: SheetCell[] = [];
  return {
    /** Cells may come in any order; of two in the same place the later one counts. */
    add(cell: SheetCell | undefined): void {
      if (cell === undefined) return;
      const text = collapseWhiteSpace(cell.text);
      if (text === '' && cell.formula === undefined) return;
      budget.spend(1, text.length + (cell.formula?.length ?? 0));
      cells.push(text === cell.text ? cell : { ...cell, text });
    },
    /** The rows made of the cells added since the last call; none where nothing would be shown. */
    take(row: number, isHidden: boolean): SheetRow[] {
      const taken = cells.some(({ text }) => text !== '') ? inOrder(cells) : [];
      cells = [];
      return splitAtGaps(taken).map((run) => rowOf(run, { row, isHidden, budget }));
    },
  };
}

function inOrder(cells: SheetCell[]): SheetCell[] {
  let last = -1;
  const isInOrder = cells.every(({ column }) => {
    const isNext = column > last;
    last = column;
    return isNext;
  });
  if (isInOrder) return cells;
  const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
  return [...byColumn.values()].sort((left, right) => left.column - right.column);
}

function splitAtGaps(cells: SheetCell[]): SheetCell[][] {
  const first = cells[0]?.column ?? 0;
  const last = cells.at(-1)?.column ?? 0;
  if (last - first <= sheetLimits.gapInColumns) return cells.length === 0 ? [] : [cells];
  const runs: SheetCell[][] = [];
  let run: SheetCell[] = [];
  for (const cell of cells) {
    const before = run.at(-1)?.column ?? cell.column;
    if (cell.column - before > sheetLimits.gapInColumns + 1) {
      runs.push(run);
      run = [];
    }
    run.push(cell);
  }
  return [...runs, run];
}

interface RowFrame {
  readonly row: number;
  readonly isHidden: boolean;
  readonly budget: SheetBudget;
}

function rowOf(run: readonly SheetCell[], { row, isHidden, budget }: RowFrame): SheetRow {
  const first = run[0]?.column ?? 0;
  const cells: string[] = [];
  const types: CellType[] = [];
  for (const { column, text, type } of run) {
    while (cells.length < column - first) {
      cells.push('');
      types.push('-');
    }
    cells.push(text);
    types.push(text === '' ? '-' : type);
  }
  budget.spend(cells.length - run.length, 0);
  return {
    row,
    column: first,
    cells,
    types: types.join(''),
    ...detailsOf(run, first),
    isBold: run.every((cell) => cell.isBold === true),
    isHidden,
  };
}

function detailsOf(
  run: readonly SheetCell[],
  first: number,
): Pick<SheetRow, 'numbers' | 'formulas' | 'links'> {
  let numbers: Record<string, number> | undefined;
  let formulas: Record<string, string> | undefined;
  let links: (readonly [number, string])[] | undefined;
  for (const { column, number, formula, link } of run) {
    if (number !== undefined) numbers = withEntry(numbers, column - first, number);
    if (formula !== undefined) formulas = withEntry(formulas, column - first, formula);
    if (link === undefined) continue;
    links ??= [];
    links.push([column, link]);
  }
  return {
    ...(numbers === undefined ? {} : { numbers }),
    ...(formulas === undefined ? {} : { formulas }),
    ...(links === undefined ? {} : { links }),
  };
}

/** The same record; one is made where there is none yet. */
function withEntry<T>(
  record: Record<string, T> | undefined,
  column: number,
  value: T,
): Record<string, T> {
  const entries = record ?? {};
  entries[column] = value;
  return entries;
}

/** The part of a row that is kept; `undefined` if nothing in it has content. */
export function sliceRow(
  source: SheetRow,
  isKept: (column: number) => boolean,
): SheetRow | undefined {
  const { cells, column, numbers, formulas, links = [], ...rest } = source;
  const kept = cells.map((cell, index) => cell !== '' && isKept(column + index));
  const from = kept.indexOf(true);
  if (from < 0) return undefined;
  if (!kept.some((each, index) => !each && cells[index] !== '')) return source;
  const to = kept.lastIndexOf(true) + 1;
  const ownLinks = links.filter(([at]) => isKept(at));
  return {
    ...rest,
    column: column + from,
    cells: cells.slice(from, to).map((cell, index) => (kept[from + index] ? cell : '')),
    types: Array.from(source.types.slice(from, to), (type, index) =>
      kept[from + index] ? type : '-',
    ).join(''),
    ...(numbers === undefined ? {} : { numbers: moveKeys(numbers, -from, kept) }),
    ...(formulas === undefined ? {} : { formulas: moveKeys(formulas, -from, kept) }),
    ...(ownLinks.length > 0 ? { links: ownLinks } : {}),
  };
}

/** The row with empty cells before it, so that it begins with column `left`. */
export function padRow(source: SheetRow, left: number): SheetRow {
  const missing = source.column - left;
  if (missing <= 0) return source;
  const { cells, types, numbers, formulas } = source;
  return {
    ...source,
    column: left,
    cells: [...Array.from({ length: missing }, () => ''), ...cells],
    types: '-'.repeat(missing) + types,
    ...(numbers === undefined ? {} : { numbers: moveKeys(numbers, missing) }),
    ...(formulas === undefined ? {} : { formulas: moveKeys(formulas, missing) }),
  };
}

function moveKeys<T>(
  record: Readonly<Record<string, T>>,
  by: number,
  kept?: readonly boolean[],
): Record<string, T> {
  const entries = Object.entries(record).filter(([key]) => kept?.[Number(key)] !== false);
  return Object.fromEntries(entries.map(([key, value]) => [Number(key) + by, value]));
}
