import type { TableRow } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { contentOf, numberOf, settingOf } from './xml.ts';

type Merge = NonNullable<TableRow['merges']>[number];

/** A cell in its place. */
export interface GridCell {
  readonly element: XmlElement;
  readonly column: number;
  /** Columns that it spans by itself. */
  readonly columns: number;
  /** A merged cell lies over it: Word does not show what it holds. */
  readonly isCovered: boolean;
}

export interface GridRow {
  readonly cells: readonly GridCell[];
  /** Merged cells that begin here. */
  readonly merges: readonly Merge[];
}

/**
 * Lays out rows of cells (`w:tr`) in columns. A cell that goes on above (`w:vMerge`) or before it (`w:hMerge`) is covered only if
 * there is one that it can go on from.
 */
export function layOut(
  rows: readonly XmlElement[],
  isLeftOut: (cell: XmlElement) => boolean,
): GridRow[] {
  let above: MergesByColumn = new Map();
  const growing = rows.map((row) => {
    const laidOut = layOutRow(row, above, isLeftOut);
    above = laidOut.open;
    return laidOut;
  });
  return growing.map(({ cells, merges }) => ({ cells, merges: merges.filter(isMerged) }));
}

interface GrowingMerge {
  readonly column: number;
  columns: number;
  rows: number;
}

type MergesByColumn = ReadonlyMap<number, GrowingMerge>;

/** Word's own limit. It also keeps a hostile span from making cells without end. */
const maxColumns = 63;

function layOutRow(
  row: XmlElement,
  above: MergesByColumn,
  isLeftOut: (cell: XmlElement) => boolean,
): { cells: GridCell[]; merges: GrowingMerge[]; open: MergesByColumn } {
  const cells: GridCell[] = [];
  const merges: GrowingMerge[] = [];
  const open = new Map<number, GrowingMerge>();
  let column = gridBefore(row);
  let left: GrowingMerge | undefined;
  for (const element of cellsOf(row).filter((cell) => !isLeftOut(cell))) {
    const properties = childOf(element, 'w:tcPr');
    const columns = columnsOf(properties, column);
    const before = isContinued(properties, 'w:hMerge') ? left : undefined;
    const over = isContinued(properties, 'w:vMerge') ? above.get(column) : undefined;
    const isCovered = before !== undefined || over !== undefined;
    left = goOn(before, over, columns) ?? { column, columns, rows: 1 };
    if (!isCovered) merges.push(left);
    if (childOf(properties, 'w:vMerge') !== undefined) open.set(column, left);
    cells.push({ element, column, columns, isCovered });
    column += columns;
  }
  return { cells, merges, open };
}

/** The cells of a row (`w:tr`), as the file has them. */
export function cellsOf(row: XmlElement): XmlElement[] {
  return [...contentOf(row)].filter((each) => each.name === 'w:tc');
}

/** A cell merged both ways goes on from the one before it, which has grown downwards already. */
function goOn(
  before: GrowingMerge | undefined,
  over: GrowingMerge | undefined,
  columns: number,
): GrowingMerge | undefined {
  if (before !== undefined) {
    if (over !== before) before.columns += columns;
  } else if (over !== undefined) {
    over.rows += 1;
  }
  return before ?? over;
}

function isMerged({ columns, rows }: Merge): boolean {
  return columns > 1 || rows > 1;
}

function gridBefore(row: XmlElement): number {
  const before = numberOf(settingOf(childOf(childOf(row, 'w:trPr'), 'w:gridBefore'))) ?? 0;
  return Math.min(before, maxColumns);
}

function columnsOf(properties: XmlElement | undefined, column: number): number {
  const span = numberOf(settingOf(childOf(properties, 'w:gridSpan'))) ?? 1;
  return Math.max(1, Math.min(span, maxColumns - column));
}

/** A merged cell continues another unless it says that it starts one. */
function isContinued(properties: XmlElement | undefined, name: 'w:vMerge' | 'w:hMerge'): boolean {
  const merge = childOf(properties, name);
  return merge !== undefined && settingOf(merge) !== 'restart';
}
