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

/** Word's own limit. It also keeps a hostile span from making cells without end. */
export const maxColumns = 63;

/**
 * Lays out rows of cells (`w:tr`) in columns. A cell that goes on above (`w:vMerge`) or before it (`w:hMerge`) is covered only if
 * there is one that it can go on from.
 */
export function layOut(
  rows: readonly XmlElement[],
  isLeftOut: (cell: XmlElement) => boolean,
): GridRow[] {
  let above = new Map<number, GrowingMerge>();
  return rows
    .map((row) => {
      const cells: GridCell[] = [];
      const begun: GrowingMerge[] = [];
      const next = new Map<number, GrowingMerge>();
      let left: GrowingMerge | undefined;
      let column = gridBefore(row);
      for (const element of [...contentOf(row)].filter((each) => each.name === 'w:tc')) {
        if (isLeftOut(element)) continue;
        const properties = childOf(element, 'w:tcPr');
        const columns = columnsOf(properties, column);
        const over = isContinued(properties, 'w:vMerge') ? above.get(column) : undefined;
        const before = isContinued(properties, 'w:hMerge') ? left : undefined;
        if (over !== undefined) {
          over.rows += 1;
          next.set(column, over);
        } else if (before !== undefined) {
          before.columns += columns;
        } else {
          left = { column, columns, rows: 1 };
          begun.push(left);
          if (childOf(properties, 'w:vMerge') !== undefined) next.set(column, left);
        }
        cells.push({
          element,
          column,
          columns,
          isCovered: over !== undefined || before !== undefined,
        });
        column += columns;
      }
      above = next;
      return { cells, merges: begun };
    })
    .map(({ cells, merges }) => ({ cells, merges: merges.filter(isMerged) }));
}

interface GrowingMerge {
  readonly column: number;
  columns: number;
  rows: number;
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
