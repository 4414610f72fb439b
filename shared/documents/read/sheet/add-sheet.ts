import type { TableRow, UnitKind } from '#shared/domain/document.ts';
import type { UnitList } from '../../unit-list.ts';
import { a1Of, type CellRange } from './a1.ts';
import { findRegions, type Region, type TableHints } from './regions.ts';
import { padRow, type SheetRow } from './rows.ts';

/** Text that stands on a sheet and in no cell, or beside one. */
export interface SheetText {
  readonly kind: UnitKind;
  readonly text: string;
  readonly range: CellRange;
  readonly author?: string;
}

/** All of a sheet that is read. */
export interface SheetContent {
  readonly name: string;
  readonly isHidden: boolean;
  /** In order. */
  readonly rows: readonly SheetRow[];
  readonly hints: TableHints;
  readonly merges: readonly CellRange[];
  /** Remarks to cells; each comes right after the row of its cell. */
  readonly comments: readonly SheetText[];
  /** Headers, footers, text boxes, charts. */
  readonly texts: readonly SheetText[];
}

/** Whether the sheet has anything that a reader sees. */
export function hasContent({ rows, comments, texts }: SheetContent): boolean {
  return rows.length + comments.length + texts.length > 0;
}

/** The smallest range with all rows; the first cell for a sheet without any. */
export function usedRangeOf(rows: readonly SheetRow[]): CellRange {
  const range = { top: rows[0]?.row ?? 1, left: Infinity, bottom: rows.at(-1)?.row ?? 1, right: 0 };
  for (const { column, cells } of rows) {
    range.left = Math.min(range.left, column);
    range.right = Math.max(range.right, column + cells.length - 1);
  }
  return { ...range, left: Math.min(range.left, range.right) };
}

export interface SheetTarget {
  readonly units: UnitList;
  /** Whether the name of the sheet is a heading above its units. */
  readonly hasHeading: boolean;
  /** Number of the next table; counts on through the sheets of a file. */
  readonly nextTable: () => number;
}

/** Adds a sheet: its name, page headers, tables with remarks, what floats above the cells, page footers. */
export function addSheet(sheet: SheetContent, target: SheetTarget): void {
  const comments = createComments(sheet.comments);
  const addTexts = (texts: readonly SheetText[]) => {
    for (const text of texts) addText(text, sheet, target.units);
  };
  if (target.hasHeading) {
    addTexts([{ kind: 'heading', text: sheet.name, range: usedRangeOf(sheet.rows) }]);
  }
  addTexts(sheet.texts.filter(({ kind }) => kind === 'page-header'));
  const mergesByRow = groupByRow(sheet.merges, ({ top }) => top);
  for (const region of findRegions(sheet.rows, sheet.hints)) {
    const hasTable = region.rows.length > region.captionRows;
    const frame = {
      region,
      used: usedRangeOf(region.rows),
      table: hasTable ? target.nextTable() : 0,
    };
    region.rows.forEach((source, index) => {
      const number = index + 1 - region.captionRows;
      const row = padRow(source, number < 1 ? source.column : (region.left ?? source.column));
      const range = rangeOf(row);
      const merges = mergesIn(frame.used, mergesByRow.get(source.row));
      const isHidden = sheet.isHidden || region.isHidden || source.isHidden;
      const links = linksOf(row);
      target.units.add({
        ...describeRow(row, { ...frame, merges, number }),
        text: row.cells.join(' | '),
        place: { kind: 'sheet', sheet: sheet.name, range: a1Of(range) },
        ...(links.length > 0 ? { links } : {}),
        ...(isHidden ? { isHidden } : {}),
      });
      addTexts(comments.take(range));
    });
  }
  addTexts(comments.takeRest());
  addTexts(sheet.texts.filter(({ kind }) => kind !== 'page-header' && kind !== 'page-footer'));
  addTexts(sheet.texts.filter(({ kind }) => kind === 'page-footer'));
}

function addText({ range, ...text }: SheetText, sheet: SheetContent, units: UnitList): void {
  units.add({
    ...text,
    ...(text.kind === 'heading' ? { level: 1 } : {}),
    ...(sheet.isHidden ? { isHidden: true } : {}),
    place: { kind: 'sheet', sheet: sheet.name, range: a1Of(range) },
  });
}

interface RowFrame {
  readonly region: Region;
  readonly table: number;
  readonly merges: readonly CellRange[];
  /** From 1; the titles above the table have lower ones. */
  readonly number: number;
}

function describeRow(row: SheetRow, { region, table, merges, number }: RowFrame) {
  if (number < 1) return { kind: 'caption' as const };
  const { column: left, cells, types, numbers, formulas } = row;
  const tableRow: TableRow = {
    table,
    row: number,
    isHeader: number <= region.headerRows,
    cells,
    types,
    ...(numbers === undefined ? {} : { numbers }),
    ...(formulas === undefined ? {} : { formulas }),
    ...(merges.length === 0 ? {} : { merges: merges.map((merge) => mergeOf(merge, left)) }),
  };
  return { kind: 'table-row' as const, table: tableRow };
}

function rangeOf({ row, column, cells }: SheetRow): CellRange {
  return { top: row, left: column, bottom: row, right: column + cells.length - 1 };
}

function mergeOf({ top, left, bottom, right }: CellRange, first: number) {
  return { column: left - first, columns: right - left + 1, rows: bottom - top + 1 };
}

/** Merged cells of a row, cut off where the table ends: a merge may cover a million rows. */
function mergesIn(used: CellRange, merges: readonly CellRange[] = []): CellRange[] {
  return merges
    .filter(({ left }) => left >= used.left && left <= used.right)
    .map((merge) => ({
      ...merge,
      right: Math.min(merge.right, used.right),
      bottom: Math.min(merge.bottom, used.bottom),
    }))
    .filter(({ top, left, bottom, right }) => bottom > top || right > left);
}

/** Where the cells with links are in the text of the row, in which one space is between cells and bars. */
function linksOf({ column: left, cells, links = [] }: SheetRow) {
  if (links.length === 0) return [];
  const targets = new Map(links);
  const found: { from: number; to: number; target: string }[] = [];
  let at = 0;
  cells.forEach((cell, index) => {
    if (index > 0) at += at === 0 ? 1 : 2;
    if (cell === '') return;
    const from = at === 0 ? 0 : at + 1;
    at = from + cell.length;
    const target = targets.get(left + index);
    if (target !== undefined) found.push({ from, to: at, target });
  });
  return found;
}

/** Hands out the comments in the order of rows. */
function createComments(comments: readonly SheetText[]) {
  const byRow = groupByRow(comments, ({ range }) => range.top);
  return {
    /** Those of the cells of a row. */
    take({ top, left, right }: CellRange): readonly SheetText[] {
      const here = byRow.get(top);
      if (here === undefined) return [];
      const isIn = ({ range }: SheetText) => range.left >= left && range.left <= right;
      byRow.set(
        top,
        here.filter((each) => !isIn(each)),
      );
      return here.filter(isIn);
    },
    /** Those of cells without content. */
    takeRest: (): readonly SheetText[] => [...byRow.values()].flat(),
  };
}

function groupByRow<T>(items: readonly T[], rowOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(rowOf(item));
    if (group === undefined) groups.set(rowOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
