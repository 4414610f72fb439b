import { sheetLimits } from '../../limits.ts';
import { type CellRange, contains } from './a1.ts';
import { type SheetRow, sliceRow } from './rows.ts';

/** A table that the file itself names, or another range of which it says that it is one. */
export interface NamedTable {
  readonly range: CellRange;
  readonly headerRows: number;
}

/** What a file says about the tables of a sheet. */
export interface TableHints {
  readonly tables: readonly NamedTable[];
  /** Ranges with filter buttons: their first row is a header. */
  readonly filters: readonly CellRange[];
  /** Rows that stay in sight or repeat on every page, up to this one: the table that they belong to has its header there. */
  readonly headersUntilRow?: number;
  readonly isHiddenColumn?: (column: number) => boolean;
}

/** Rows that are read as one table, in order. */
export interface Region {
  readonly rows: readonly SheetRow[];
  /** First column of its cells, where all rows begin with the same; `undefined` where each begins with its own. */
  readonly left: number | undefined;
  /** How many rows at its start are titles above the table. */
  readonly captionRows: number;
  /** How many rows behind the titles are headers. */
  readonly headerRows: number;
  /** Whether it is what hidden columns hold. */
  readonly isHidden: boolean;
}

/**
 * Cuts the rows of a sheet into tables: those the file names, and else rows without a blank one between them whose cells are not far
 * apart. What stands in hidden columns is a table of its own, so that no row is partly hidden. The order is that of their first cells.
 */
export function findRegions(rows: readonly SheetRow[], hints: TableHints): Region[] {
  const { isHiddenColumn } = hints;
  if (isHiddenColumn === undefined) return regionsOf(rows, hints, false);
  const shown = rows.flatMap((row) => sliceRow(row, (column) => !isHiddenColumn(column)) ?? []);
  const hidden = rows.flatMap((row) => sliceRow(row, isHiddenColumn) ?? []);
  return [...regionsOf(shown, hints, false), ...regionsOf(hidden, hints, true)].sort(byFirstCell);
}

function byFirstCell(left: Region, right: Region): number {
  const rowOf = ({ rows }: Region) => rows[0]?.row ?? 0;
  const columnOf = ({ rows }: Region) => rows[0]?.column ?? 0;
  return rowOf(left) - rowOf(right) || columnOf(left) - columnOf(right);
}

function regionsOf(rows: readonly SheetRow[], hints: TableHints, isHidden: boolean): Region[] {
  const { free, tables } = takeTables(rows, hints.tables);
  const named = tables.map(({ rows: own, headerRows, range }) => {
    const isHeader = own.filter(({ row }) => row < range.top + headerRows).length;
    return regionOf(own, { captionRows: 0, headerRows: isHeader, isHidden });
  });
  const found = bandsOf(free).flatMap(clustersOf);
  const others = found.map((cluster) => {
    const captionRows = countCaptions(cluster);
    const body = cluster.slice(captionRows);
    return regionOf(cluster, { captionRows, headerRows: countHeaders(body, hints), isHidden });
  });
  return [...named, ...others].sort(byFirstCell);
}

interface OwnTable extends NamedTable {
  readonly rows: SheetRow[];
}

/** Gives every named table its cells, and the rest back. Tables of a file do not overlap; if they do, the first has the cell. */
function takeTables(rows: readonly SheetRow[], named: readonly NamedTable[]) {
  const tables: OwnTable[] = named.map((table) => ({ ...table, rows: [] }));
  if (tables.length === 0) return { free: rows, tables };
  const free: SheetRow[] = [];
  for (const row of rows) {
    const here = tables.filter(({ range }) => row.row >= range.top && row.row <= range.bottom);
    const ownerOf = (column: number) =>
      here.find(({ range }) => column >= range.left && column <= range.right);
    for (const table of here) {
      const own = sliceRow(row, (column) => ownerOf(column) === table);
      if (own !== undefined) table.rows.push(own);
    }
    const rest = here.length === 0 ? row : sliceRow(row, (column) => !ownerOf(column));
    if (rest !== undefined) free.push(rest);
  }
  return { free, tables: tables.filter((table) => table.rows.length > 0) };
}

function regionOf(
  rows: readonly SheetRow[],
  rest: Pick<Region, 'captionRows' | 'headerRows' | 'isHidden'>,
): Region {
  const body = rows.slice(rest.captionRows);
  const left = body.reduce((least, { column }) => Math.min(least, column), Infinity);
  const padding = body.reduce((sum, { column }) => sum + column - left, 0);
  const filled = body.reduce((sum, { cells }) => sum + cells.length, 0);
  // Rows that begin further and further to the right would otherwise cost the square of their number.
  const isAligned = padding <= filled * 4 + sheetLimits.gapInColumns;
  return { rows, left: isAligned ? left : undefined, ...rest };
}

/** Runs of rows without a blank one between them. */
function bandsOf(rows: readonly SheetRow[]): SheetRow[][] {
  const bands: SheetRow[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (row.row > last + 1) bands.push([]);
    bands.at(-1)?.push(row);
    last = row.row;
  }
  return bands;
}

/** Rows of a band whose columns are near one another. */
function clustersOf(band: readonly SheetRow[]): SheetRow[][] {
  const spans = mergeSpans(band);
  if (spans.length <= 1) return [[...band]];
  const clusters = spans.map((): SheetRow[] => []);
  for (const row of band) {
    clusters[findSpan(spans, row.column)]?.push(row);
  }
  return clusters;
}

interface Span {
  readonly from: number;
  to: number;
}

function mergeSpans(band: readonly SheetRow[]): Span[] {
  const spans: Span[] = [];
  const all = new Map<number, number>();
  for (const { column, cells } of band) {
    all.set(column, Math.max(all.get(column) ?? 0, column + cells.length - 1));
  }
  for (const [from, to] of [...all].sort(([left], [right]) => left - right)) {
    const last = spans.at(-1);
    if (last !== undefined && from - last.to <= sheetLimits.gapInColumns + 1) {
      last.to = Math.max(last.to, to);
    } else {
      spans.push({ from, to });
    }
  }
  return spans;
}

function findSpan(spans: readonly Span[], column: number): number {
  return spans.findIndex(({ from, to }) => column >= from && column <= to);
}

/** More are a list that a wider row happens to follow. */
const maxCaptions = 5;

/** A text alone in its row is a title where it stands alone, or above a wider row. */
function countCaptions(rows: readonly SheetRow[]): number {
  const first = rows.findIndex((row) => !isSingleText(row));
  if (first < 0) return rows.length === 1 ? 1 : 0;
  return first > maxCaptions ? 0 : first;
}

function isSingleText({ types, cells, formulas }: SheetRow): boolean {
  return types === 's' && cells.length === 1 && formulas === undefined;
}

const sampleRows = 20;

function countHeaders(rows: readonly SheetRow[], hints: TableHints): number {
  const [first, ...body] = rows.slice(0, sampleRows);
  if (first === undefined || body.length === 0) return 0;
  const until = hints.headersUntilRow ?? 0;
  const kept = rows.findIndex(({ row }) => row > until);
  // A pane may be frozen far down to keep totals in sight; a header is short.
  if (kept > 0 && kept <= 5) return kept;
  const isFiltered = hints.filters.some((range) => contains(range, first.row, first.column));
  if (isFiltered && hints.filters.some(({ top }) => top === first.row)) return 1;
  return looksLikeHeader(first, body) ? 1 : 0;
}

/** Only texts, at least two, nothing twice, above columns of which one holds numbers or dates, or set off from them by bold type. */
export function looksLikeHeader(first: SheetRow, body: readonly SheetRow[]): boolean {
  const names = first.cells.filter((cell) => cell !== '');
  const isText = /^[s-]*$/.test(first.types) && first.formulas === undefined;
  if (!isText || names.length < 2 || new Set(names).size < names.length) return false;
  const width = Math.max(...body.map(({ cells }) => cells.length));
  if (names.length * 2 < width) return false;
  const isSetOff = first.isBold && body.some((row) => !row.isBold);
  return isSetOff || hasTypedColumn(first, body);
}

function hasTypedColumn({ column: left, cells }: SheetRow, body: readonly SheetRow[]): boolean {
  return cells.some((name, index) => {
    if (name === '') return false;
    const types = body.map((row) => row.types[left + index - row.column] ?? '-');
    const typed = types.filter((type) => /[ndb]/.test(type)).length;
    const texts = types.filter((type) => type === 's').length;
    return typed > texts;
  });
}
