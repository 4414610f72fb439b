import type { Slide } from '#shared/domain/presentation.ts';
import type { Run } from '#shared/domain/report.ts';
import { shareWidths } from '../column-shares.ts';
import { cellText, columnCount, numericColumns } from '../numeric-columns.ts';
import { estimateLines, lettersIn, roomOf, splitRuns, textOf } from './fit.ts';
import { type Frame, unitsPerPoint } from './markup.ts';

type TableSlide = Extract<Slide, { kind: 'table' }>;
type Row = readonly (readonly Run[])[];

/** Rows of a table that fit a slide, with the header. */
export interface TablePage {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  /** In EMU. */
  readonly widths: readonly number[];
  readonly isNumeric: readonly boolean[];
  /** In points. */
  readonly size: number;
}

const sizes = [14, 12, 11, 10] as const;
/** When one slide is not enough. Many columns leave little room for words. */
const splitSizes = { usual: 12, wide: 9 } as const;
const cellInset = { x: 14.4, y: 7.2 } as const;
const lineHeight = 1.2;

/** Shares the rows out over slides, at the largest size that needs one slide, else at one that is easy to read. */
export function layOutTable(table: TableSlide, frame: Frame): TablePage[] {
  const count = columnCount(table);
  const columns = Array.from({ length: count }, (_, column) => [
    table.header[column] ?? '',
    ...table.rows.map((_row, row) => cellText(table, row, column)),
  ]);
  const widths = shareWidths(columns, frame.width);
  const { height } = roomOf(frame);
  const page = { header: table.header, widths, isNumeric: numericColumns(table) };
  const fitting = sizes.find((size) => tableHeight(table, widths, size) <= height);
  if (fitting !== undefined) return [{ ...page, rows: table.rows, size: fitting }];
  const size = count > 7 ? splitSizes.wide : splitSizes.usual;
  const room = height - headerHeight(table, widths, size);
  const rows = table.rows.flatMap((row) => splitRow(row, { widths, size, height: room }));
  return fill(rows, { widths, size, height: room }).map((each) => ({
    ...page,
    rows: each,
    size,
  }));
}

interface RowRoom {
  readonly widths: readonly number[];
  readonly size: number;
  readonly height: number;
}

function tableHeight(table: TableSlide, widths: readonly number[], size: number): number {
  const rows = table.rows.reduce((sum, row) => sum + rowHeight(row, widths, size), 0);
  return headerHeight(table, widths, size) + rows;
}

function headerHeight({ header }: TableSlide, widths: readonly number[], size: number): number {
  return rowHeight(
    header.map((text) => [{ text }]),
    widths,
    size,
  );
}

function rowHeight(row: Row, widths: readonly number[], size: number): number {
  const lines = widths.map((width, column) =>
    estimateLines(textOf(row[column] ?? []), width / unitsPerPoint - cellInset.x, size),
  );
  return Math.max(...lines) * size * lineHeight + cellInset.y;
}

/** A row that no slide could hold goes on in the next one. */
function splitRow(row: Row, { widths, size, height }: RowRoom): Row[] {
  if (rowHeight(row, widths, size) <= height) return [row];
  const cells = widths.map((width, column) => {
    const room = { width: width / unitsPerPoint - cellInset.x, height: height * 0.9 };
    return splitRuns(row[column] ?? [], lettersIn(room, size));
  });
  const count = Math.max(...cells.map((pieces) => pieces.length));
  return Array.from({ length: count }, (_, index) => cells.map((pieces) => pieces[index] ?? []));
}

function fill(rows: readonly Row[], { widths, size, height }: RowRoom): Row[][] {
  const pages: Row[][] = [[]];
  let used = 0;
  for (const row of rows) {
    const own = rowHeight(row, widths, size);
    if (used + own > height && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(row);
    used += own;
  }
  return pages;
}
