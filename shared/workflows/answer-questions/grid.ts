import type { Document, Unit } from '#shared/domain/document.ts';
import type { UnitId } from '#shared/domain/ids.ts';

/** A cell of a sheet, as it was read. */
export interface GridCell {
  readonly text: string;
  readonly hasFormula: boolean;
}

/** A row of a sheet; columns count from 0. */
export interface GridRow {
  /** As the program numbers it, from 1. */
  readonly row: number;
  readonly cells: ReadonlyMap<number, GridCell>;
  /** The unit that holds a cell. */
  readonly unitOf: ReadonlyMap<number, UnitId>;
}

/** A sheet of a workbook, or a CSV file as one sheet. */
export interface Grid {
  readonly sheet: string;
  /** In order, without blank ones. */
  readonly rows: readonly GridRow[];
  /** Merged cells; both ends are included. */
  readonly merges: readonly MergedCells[];
  /** The last column that holds anything. */
  readonly lastColumn: number;
}

export interface MergedCells {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The sheets of a document by their cells, however its tables were told apart; none of a document that has no cells. */
export function gridsOf(document: Document): Grid[] {
  const grids = new Map<string, GrowingGrid>();
  for (const unit of document.units) {
    const place = placeOf(unit);
    if (place === undefined) continue;
    const grid = grids.get(place.sheet) ?? { rows: new Map(), merges: [] };
    grids.set(place.sheet, grid);
    addUnit(grid, unit, place);
  }
  return [...grids].map(([sheet, { rows, merges }]) => {
    const sorted = [...rows.values()].toSorted((left, right) => left.row - right.row);
    const lastColumn = Math.max(0, ...sorted.map(({ cells }) => Math.max(0, ...cells.keys())));
    return { sheet, rows: sorted, merges, lastColumn };
  });
}

/** `AB` for 27. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

/** 27 for `AB`; `undefined` for what names no column. */
export function columnOf(name: string): number | undefined {
  if (!/^[A-Za-z]{1,3}$/.test(name)) return undefined;
  const letters = [...name.toUpperCase()];
  const column = letters.reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return column < 16_384 ? column : undefined;
}

interface GrowingRow {
  readonly row: number;
  readonly cells: Map<number, GridCell>;
  readonly unitOf: Map<number, UnitId>;
}

interface GrowingGrid {
  readonly rows: Map<number, GrowingRow>;
  readonly merges: MergedCells[];
}

interface UnitPlace {
  readonly sheet: string;
  readonly row: number;
  /** Of its first cell. */
  readonly column: number;
}

function placeOf({ kind, locator, table }: Unit): UnitPlace | undefined {
  if (locator.kind === 'record') return { sheet: '', row: locator.record, column: 0 };
  const isOfCells = table !== undefined || kind === 'caption';
  if (locator.kind !== 'sheet' || !isOfCells) return undefined;
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)/.exec(locator.range) ?? [];
  const column = columnOf(letters);
  return column === undefined ? undefined : { sheet: locator.sheet, row: Number(digits), column };
}

function addUnit(grid: GrowingGrid, unit: Unit, { row, column }: UnitPlace): void {
  const found = grid.rows.get(row) ?? { row, cells: new Map(), unitOf: new Map() };
  grid.rows.set(row, found);
  const { cells, formulas = {}, merges = [] } = unit.table ?? { cells: [unit.text] };
  for (const [index, text] of cells.entries()) {
    const hasFormula = formulas[index] !== undefined;
    if (text.trim() === '' && !hasFormula) continue;
    found.cells.set(column + index, { text: text.trim(), hasFormula });
    found.unitOf.set(column + index, unit.id);
  }
  for (const merge of merges) {
    const left = column + merge.column;
    grid.merges.push({
      top: row,
      bottom: row + merge.rows - 1,
      left,
      right: left + merge.columns - 1,
    });
  }
}
