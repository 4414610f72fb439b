import { sheetLimits } from '../../limits.ts';
import type { XmlAttributes } from '../../xml-walk.ts';
import type { CellRange } from '../sheet/a1.ts';
import type { SheetContent, SheetText } from '../sheet/add-sheet.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import { createRows, type SheetRow } from '../sheet/rows.ts';
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
  const list = createRows(budget);
  const rows: SheetRow[] = [];
  const merges: CellRange[] = [];
  const comments: SheetText[] = [];
  const texts: SheetText[] = [];
  const hidden = new Set<number>();
  const counts = { hiddenRows: 0, uncached: 0, misplaced: 0 };
  let columnCount = 0;
  let row = { number: 0, repeat: 0, isHidden: false };
  let cell: { attributes: XmlAttributes; column: number; repeat: number } | undefined;
  let nextColumn = 0;
  let headersUntilRow = 0;

  const place = (): CellRange => {
    const top = Math.max(1, row.number);
    const left = cell?.column ?? 0;
    return { top, left, bottom: top, right: left };
  };
  const addMerge = ({ attributes, column }: { attributes: XmlAttributes; column: number }) => {
    const columns = countOf(attributes['table:number-columns-spanned']);
    const height = countOf(attributes['table:number-rows-spanned']);
    if (columns === 1 && height === 1) return;
    const bottom = Math.min(row.number + height - 1, sheetLimits.rows);
    const right = Math.min(column + columns, sheetLimits.columns) - 1;
    merges.push({ top: row.number, left: column, bottom, right });
  };

  return {
    place,
    openColumn(attributes) {
      const from = columnCount;
      columnCount = Math.min(
        columnCount + countOf(attributes['table:number-columns-repeated']),
        sheetLimits.columns,
      );
      if (!isHidden(attributes)) return;
      for (let column = from; column < columnCount; column += 1) hidden.add(column);
    },
    openRow(attributes) {
      const number = Math.min(row.number + Math.max(row.repeat, 1), sheetLimits.rows + 1);
      const repeat = countOf(attributes['table:number-rows-repeated']);
      row = { number, repeat, isHidden: isHidden(attributes) };
      nextColumn = 0;
    },
    openCell(attributes) {
      const repeat = countOf(attributes['table:number-columns-repeated']);
      cell = { attributes, column: nextColumn, repeat };
      nextColumn = Math.min(nextColumn + repeat, sheetLimits.columns);
    },
    closeCell(text) {
      if (cell === undefined) return;
      const { attributes, column } = cell;
      const value = cellValueOf(attributes, text.paragraphs.join(' ').trim());
      addMerge(cell);
      if (value !== undefined) {
        if (value.formula !== undefined && value.text === `=${value.formula}`) counts.uncached += 1;
        if (column >= sheetLimits.columns) counts.misplaced += 1;
        for (let at = column; at < nextColumn; at += 1) {
          list.add({ ...value, column: at, link: text.link() });
        }
      }
      cell = undefined;
    },
    closeRow(isHeader) {
      const taken = list.take(row.number, row.isHidden);
      if (taken.length === 0) return;
      const last = Math.min(row.number + row.repeat - 1, sheetLimits.rows);
      if (row.number > sheetLimits.rows) counts.misplaced += 1;
      for (let number = row.number; number <= last; number += 1) {
        if (row.isHidden) counts.hiddenRows += 1;
        if (isHeader) headersUntilRow = number;
        if (number > row.number) spendAgain(taken, budget);
        for (const each of taken) rows.push({ ...each, row: number });
      }
    },
    addText(text) {
      (text.kind === 'comment' ? comments : texts).push(text);
    },
    finish() {
      const used = new Set<number>();
      for (const { column, cells } of hidden.size === 0 ? [] : rows) {
        cells.forEach((text, index) => text !== '' && used.add(column + index));
      }
      return {
        ...sheet,
        rows,
        merges,
        comments,
        texts,
        hints: {
          tables: [],
          filters: [],
          headersUntilRow,
          ...(hidden.size === 0 ? {} : { isHiddenColumn: (column: number) => hidden.has(column) }),
        },
        ...counts,
        hiddenColumns: [...used].filter((column) => hidden.has(column)).length,
      };
    },
  };
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
