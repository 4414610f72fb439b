import type { TableRow } from '#shared/domain/document.ts';
import { textLimits } from '../../limits.ts';
import { refuseComplex } from '../../refuse-complex.ts';
import type { InlineText } from '../inline-text.ts';
import { attributeOf, type HtmlElement, isElement } from './parse.ts';

/** A table that is being read: which columns are taken by cells of rows above. */
export interface Grid {
  readonly number: number;
  row: number;
  /** For each column how many rows it stays taken. */
  taken: number[];
  /** Rows of the group (head, body, foot) that are still to come; no cell reaches beyond them. */
  rowsLeft: number;
}

/** A row that is being read. */
export interface GridRow {
  readonly grid: Grid;
  readonly isHeader: boolean;
  readonly path: string;
  readonly cells: InlineText[];
  readonly merges: { column: number; columns: number; rows: number }[];
}

/** Limits of the standard (HTML, 4.9.11). */
const most = { columns: 1_000, rows: 65_534 } as const;
const blank: InlineText = { text: '', links: [] };

/** Cells that spans stand for, over the whole page. */
export interface SpanBudget {
  used: number;
}

/** Begins a row group: spans do not cross it. */
export function startGroup(grid: Grid, group: HtmlElement): void {
  grid.taken = [];
  grid.rowsLeft = group.childNodes.filter(
    (each) => isElement(each) && each.tagName === 'tr',
  ).length;
}

export function startRow(grid: Grid, row: HtmlElement, path: string): GridRow {
  grid.row += 1;
  const cells = row.childNodes.filter(isElement).filter((each) => /^t[dh]$/.test(each.tagName));
  const parent = row.parentNode;
  const isInHead = parent !== null && isElement(parent) && parent.tagName === 'thead';
  const isHeader = isInHead || (cells.length > 0 && cells.every((each) => each.tagName === 'th'));
  return { grid, isHeader, path, cells: [], merges: [] };
}

/** Puts a cell into the first column that is free; one that spans columns is followed by empty ones. */
export function addCell(
  row: GridRow,
  { cell, text }: { readonly cell: HtmlElement; readonly text: InlineText },
  budget: SpanBudget,
): void {
  const { grid, cells, merges } = row;
  skipTaken(row, budget);
  const column = cells.length;
  const columns = spanOf(cell, 'colspan', most.columns);
  const wanted =
    attributeOf(cell, 'rowspan') === '0' ? most.rows : spanOf(cell, 'rowspan', most.rows);
  const rows = Math.max(1, Math.min(wanted, grid.rowsLeft));
  spend(budget, columns - 1);
  cells.push(text, ...Array.from({ length: columns - 1 }, () => blank));
  for (let index = column; rows > 1 && index < column + columns; index += 1) {
    grid.taken[index] = rows;
  }
  if (columns > 1 || rows > 1) merges.push({ column, columns, rows });
}

/** The row as a unit has it; afterwards the cells that reach down have one row less to go. */
export function endRow(row: GridRow, budget: SpanBudget): TableRow {
  const { grid, isHeader, cells, merges } = row;
  while (cells.length < grid.taken.length) {
    if ((grid.taken[cells.length] ?? 0) > 0) skipTaken(row, budget);
    else cells.push(blank);
  }
  grid.taken = trimmed(grid.taken.map((left = 0) => Math.max(0, left - 1)));
  grid.rowsLeft -= 1;
  return {
    table: grid.number,
    row: grid.row,
    isHeader,
    cells: cells.map(({ text }) => text),
    ...(merges.length === 0 ? {} : { merges }),
  };
}

function skipTaken({ grid, cells }: GridRow, budget: SpanBudget): void {
  while ((grid.taken[cells.length] ?? 0) > 0) {
    spend(budget, 1);
    cells.push(blank);
  }
}

function spend(budget: SpanBudget, cells: number): void {
  budget.used += cells;
  refuseComplex('cells that others span', budget.used, textLimits.htmlSpannedCells);
}

function spanOf(cell: HtmlElement, name: string, limit: number): number {
  const value = Number.parseInt(attributeOf(cell, name) ?? '1', 10);
  return value >= 1 ? Math.min(value, limit) : 1;
}

function trimmed(taken: number[]): number[] {
  const last = taken.findLastIndex((left) => left > 0);
  return taken.slice(0, last + 1);
}
