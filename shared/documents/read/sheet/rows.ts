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

/** Cells of a row that stand together. The arrays have an entry for every column from `column` to the last cell. */
export interface SheetRow {
  /** From 1. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly cells: readonly string[];
  readonly types: string;
  /** By column of the sheet, as the three below. */
  readonly numbers?: readonly (readonly [column: number, number: number])[];
  readonly formulas?: readonly (readonly [column: number, formula: string])[];
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
    add(cell: SheetCell): void {
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
  let types = '';
  const numbers: (readonly [number, number])[] = [];
  const formulas: (readonly [number, string])[] = [];
  const links: (readonly [number, string])[] = [];
  let isBold = true;
  for (const { column, text, type, number, formula, link, isBold: isBoldCell } of run) {
    while (cells.length < column - first) {
      cells.push('');
      types += '-';
    }
    cells.push(text);
    types += text === '' ? '-' : type;
    isBold &&= isBoldCell === true;
    if (number !== undefined) numbers.push([column, number]);
    if (formula !== undefined) formulas.push([column, formula]);
    if (link !== undefined) links.push([column, link]);
  }
  budget.spend(cells.length - run.length, 0);
  return {
    row,
    column: first,
    cells,
    types,
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(formulas.length > 0 ? { formulas } : {}),
    ...(links.length > 0 ? { links } : {}),
    isBold,
    isHidden,
  };
}

/** The part of a row within some columns, without what is not `kept`; `undefined` if nothing in it has content. */
export function sliceRow(
  source: SheetRow,
  isKept: (column: number) => boolean,
): SheetRow | undefined {
  const kept = source.cells.map((cell, index) => {
    const hasContent = cell !== '' || source.formulas?.some(([at]) => at === source.column + index);
    return hasContent === true && isKept(source.column + index);
  });
  const from = kept.indexOf(true);
  if (from < 0) return undefined;
  const to = kept.lastIndexOf(true) + 1;
  const only = <T>(entries: readonly (readonly [number, T])[] | undefined) =>
    (entries ?? []).filter(([column]) => isKept(column));
  const numbers = only(source.numbers);
  const formulas = only(source.formulas);
  const links = only(source.links);
  return {
    row: source.row,
    column: source.column + from,
    cells: source.cells.slice(from, to).map((cell, index) => (kept[from + index] ? cell : '')),
    types: [...source.types]
      .slice(from, to)
      .map((type, index) => (kept[from + index] ? type : '-'))
      .join(''),
    ...(numbers.length > 0 ? { numbers } : {}),
    ...(formulas.length > 0 ? { formulas } : {}),
    ...(links.length > 0 ? { links } : {}),
    isBold: source.isBold,
    isHidden: source.isHidden,
  };
}
