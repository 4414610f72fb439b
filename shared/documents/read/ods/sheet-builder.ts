import { sheetLimits } from '../../limits.ts';
import type { XmlAttributes } from '../../xml-walk.ts';
import type { CellRange } from '../sheet/a1.ts';
import type { SheetContent, SheetText } from '../sheet/add-sheet.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import { createRows, type SheetCell, type SheetRow } from '../sheet/rows.ts';
import { cellValueOf } from './cell-value.ts';
import type { TextSink } from './text-sink.ts';

/** A sheet while its rows come by. Repeats are followed only where something stands in them, within the budget. */
export interface SheetBuilder {
  openColumn(attributes: XmlAttributes): void;
  openRow(attributes: XmlAttributes): void;
  openCell(attributes: XmlAttributes): void;
  closeCell(text: TextSink): void;
  closeRow(isHeader: boolean): void;
  /** The cell that is open, the first one of the sheet outside of cells. */
  place(): CellRange;
  addText(text: SheetText): void;
  readonly finish: () => BuiltSheet;
}

export interface BuiltSheet extends SheetContent {
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
  readonly uncached: number;
  readonly misplaced: number;
}

export function createSheetBuilder(
  sheet: { readonly name: string; readonly isHidden: boolean },
  budget: SheetBudget,
): SheetBuilder {
  const columns = createColumns();
  const rows = createRowBuilder(budget);
  const comments: SheetText[] = [];
  const texts: SheetText[] = [];
  return {
    ...rows,
    openColumn: columns.open,
    addText(text) {
      (text.kind === 'comment' ? comments : texts).push(text);
    },
    finish() {
      const { headersUntilRow, rows: found, ...rest } = rows.found();
      const isHiddenColumn = columns.isHidden();
      const hints = { tables: [], filters: [], headersUntilRow };
      return {
        ...sheet,
        ...rest,
        rows: found,
        comments,
        texts,
        hints: isHiddenColumn === undefined ? hints : { ...hints, isHiddenColumn },
        hiddenColumns: columns.countUsed(found),
      };
    },
  };
}

function createColumns() {
  const hidden = new Set<number>();
  let next = 0;
  return {
    open(attributes: XmlAttributes): void {
      const from = next;
      const repeat = countOf(attributes['table:number-columns-repeated']);
      next = Math.min(from + repeat, sheetLimits.columns);
      if (!isHidden(attributes)) return;
      for (let column = from; column < next; column += 1) hidden.add(column);
    },
    isHidden: () => (hidden.size === 0 ? undefined : (column: number) => hidden.has(column)),
    /** How many of the hidden ones have content. */
    countUsed(rows: readonly SheetRow[]): number {
      const used = new Set<number>();
      for (const { column, cells } of hidden.size === 0 ? [] : rows) {
        for (const [index, text] of cells.entries()) if (text !== '') used.add(column + index);
      }
      return [...used].filter((column) => hidden.has(column)).length;
    },
  };
}

interface OpenCell {
  readonly attributes: XmlAttributes;
  readonly column: number;
}

/** Rows and their cells (9.1.3 and 9.1.4), where repeats have said that they are. */
function createRowBuilder(budget: SheetBudget) {
  const list = createRows(budget);
  const rows: SheetRow[] = [];
  const merges: CellRange[] = [];
  const counts = { hiddenRows: 0, uncached: 0, misplaced: 0, headersUntilRow: 0 };
  let row = { number: 0, repeat: 0, isHidden: false };
  let cell: OpenCell | undefined;
  let nextColumn = 0;

  const addMerge = ({ attributes, column }: OpenCell) => {
    const width = countOf(attributes['table:number-columns-spanned']);
    const height = countOf(attributes['table:number-rows-spanned']);
    if (width === 1 && height === 1) return;
    const bottom = Math.min(row.number + height - 1, sheetLimits.rows);
    const right = Math.min(column + width, sheetLimits.columns) - 1;
    merges.push({ top: row.number, left: column, bottom, right });
  };
  const addCells = ({ attributes, column }: OpenCell, text: TextSink) => {
    const value = cellValueOf(attributes, text.paragraphs.join(' ').trim());
    if (value === undefined) return;
    counts.uncached += isUncached(value) ? 1 : 0;
    counts.misplaced += column >= sheetLimits.columns ? 1 : 0;
    for (let at = column; at < nextColumn; at += 1) {
      list.add(Object.assign({}, value, { column: at, link: text.link }));
    }
  };
  const addRows = (taken: readonly SheetRow[]) => {
    const last = Math.min(row.number + row.repeat - 1, sheetLimits.rows);
    if (row.number > sheetLimits.rows) counts.misplaced += 1;
    if (row.isHidden) counts.hiddenRows += Math.max(0, last - row.number + 1);
    for (let number = row.number; number <= last; number += 1) {
      if (number > row.number) spendAgain(taken, budget);
      for (const each of taken) rows.push(Object.assign({}, each, { row: number }));
    }
    return last;
  };

  return {
    found: () => ({ rows, merges, ...counts }),
    place: (): CellRange => placeOf(Math.max(1, row.number), cell?.column ?? 0),
    openRow(attributes: XmlAttributes): void {
      const number = Math.min(row.number + Math.max(row.repeat, 1), sheetLimits.rows + 1);
      const repeat = countOf(attributes['table:number-rows-repeated']);
      row = { number, repeat, isHidden: isHidden(attributes) };
      nextColumn = 0;
    },
    openCell(attributes: XmlAttributes): void {
      cell = { attributes, column: nextColumn };
      const repeat = countOf(attributes['table:number-columns-repeated']);
      nextColumn = Math.min(nextColumn + repeat, sheetLimits.columns);
    },
    closeCell(text: TextSink): void {
      if (cell === undefined) return;
      addMerge(cell);
      addCells(cell, text);
      cell = undefined;
    },
    closeRow(isHeader: boolean): void {
      const taken = list.take(row.number, row.isHidden);
      if (taken.length === 0) return;
      const last = addRows(taken);
      if (isHeader) counts.headersUntilRow = last;
    },
  };
}

function isUncached({ formula, text }: Omit<SheetCell, 'column'>): boolean {
  return formula !== undefined && text === `=${formula}`;
}

function placeOf(row: number, column: number): CellRange {
  return { top: row, left: column, bottom: row, right: column };
}

function spendAgain(rows: readonly SheetRow[], budget: SheetBudget): void {
  for (const { cells } of rows) {
    budget.spend(
      cells.length,
      cells.reduce((sum, cell) => sum + cell.length, 0),
    );
  }
}

/** A positive number; 1 for anything else. */
function countOf(text: string | undefined): number {
  const count = Number(text ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}

function isHidden(attributes: XmlAttributes): boolean {
  const visibility = attributes['table:visibility'];
  return visibility === 'collapse' || visibility === 'filter';
}
