import { type CellRange, contains } from '../sheet/a1.ts';
import type { SheetRow } from '../sheet/rows.ts';
import type { SheetData } from './sheet-data.ts';

interface Link {
  readonly range: CellRange;
  readonly target: string;
}

/** Most hyperlinks are of one cell, or of merged cells, of which only the first has content. Other ranges are few. */
const maxRanges = 100;

/** The rows with the hyperlinks of their cells: addresses outside the file, and `#Sheet2!A1` for places within. */
export function addLinks(
  { rows, links }: Pick<SheetData, 'rows' | 'links'>,
  addresses: ReadonlyMap<string, string>,
): readonly SheetRow[] {
  const byCell = new Map<string, string>();
  const ranges: Link[] = [];
  for (const { range, id, location } of links) {
    const target = (addresses.get(id ?? '') ?? '') + (location === '' ? '' : `#${location}`);
    if (target === '') continue;
    byCell.set(`${range.top} ${range.left}`, target);
    const isRange = range.top < range.bottom || range.left < range.right;
    if (isRange && ranges.length < maxRanges) ranges.push({ range, target });
  }
  if (byCell.size === 0) return rows;
  const targetOf = (row: number, column: number) =>
    byCell.get(`${row} ${column}`) ??
    ranges.find(({ range }) => contains(range, row, column))?.target;
  return rows.map((row) => {
    const own = row.cells.flatMap((cell, index): [number, string][] => {
      const target = cell === '' ? undefined : targetOf(row.row, row.column + index);
      return target === undefined ? [] : [[row.column + index, target]];
    });
    return own.length === 0 ? row : { ...row, links: own };
  });
}
