import type { Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import type { WarningTally } from '../written-file.ts';
import type { ExcelLimits } from './limits.ts';
import { columnTitles, sheetNames, tableName } from './names.ts';

/** Where a sheet of the workbook, or a part of one that is too long, stands in the file. Rows count from 1. */
export interface SheetLayout {
  readonly name: string;
  readonly source: Sheet;
  /** Titles as written: Excel wants each once. */
  readonly titles: readonly string[];
  readonly tableName: string;
  readonly headerRow: number;
  /** Rows of the source that stand here, from the first to before the last. */
  readonly from: number;
  readonly to: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly totalsRow: number | undefined;
  readonly isSplit: boolean;
}

/** Places every sheet. Rows beyond what a sheet can hold go on in a further sheet with the same header. */
export function layOut(
  workbook: Workbook,
  limits: ExcelLimits,
  warnings: WarningTally,
): SheetLayout[] {
  const pieces = workbook.sheets.flatMap((source) => piecesOf(source, limits));
  const splits = pieces.filter(({ from }) => from > 0).length;
  if (splits > 0) warnings.add('sheet_split', splits);
  const names = sheetNames(pieces.map(({ source }) => source.name));
  return pieces.map((piece, index) => {
    const { source, from, to } = piece;
    const name = names[index] ?? '';
    const wanted = source.columns.map(({ title }) => title);
    const titles = columnTitles(wanted);
    const changes = titles.filter((title, column) => title !== wanted[column]).length;
    const changed = changes + (name === source.name || from > 0 ? 0 : 1);
    if (changed > 0) warnings.add('name_changed', changed);
    const headerRow = headerRowOf(source);
    // A table object must have a row, if an empty one.
    const lastRow = headerRow + Math.max(to - from, 1);
    return {
      ...piece,
      name,
      titles,
      tableName: tableName(name, index + 1),
      headerRow,
      firstRow: headerRow + 1,
      lastRow,
      totalsRow: hasTotals(source.columns) && to === source.rows.length ? lastRow + 1 : undefined,
    };
  });
}

function piecesOf(source: Sheet, limits: ExcelLimits) {
  const room = limits.rows - headerRowOf(source) - (hasTotals(source.columns) ? 1 : 0);
  const count = Math.max(Math.ceil(source.rows.length / room), 1);
  return Array.from({ length: count }, (_, index) => ({
    source,
    from: index * room,
    to: Math.min((index + 1) * room, source.rows.length),
    isSplit: count > 1,
  }));
}

/** An empty row keeps notes and table apart. */
function headerRowOf({ notes = [] }: Sheet): number {
  return notes.length === 0 ? 1 : notes.length + 2;
}

function hasTotals(columns: readonly Column[]): boolean {
  return columns.some(({ total }) => total !== undefined);
}
