import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import type { CoerceOutput, MergeOutput, ReconcileOutput, Skip } from './schemas.ts';
import { readNumber } from './values/read-number.ts';

interface Given {
  readonly skipped: readonly Skip[];
  readonly merge: MergeOutput;
  readonly coerced: CoerceOutput;
  readonly context: StageContext;
}

/** A row of a table that is a sum, and those that it may be a sum of. */
interface Position {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * Each figure in a total row against the sums that it can be: of all rows in front of it in its table, of those since the total before, or of
 * those totals themselves.
 */
export function compareTotals({
  skipped,
  merge,
  coerced,
  context,
}: Given): ReconcileOutput['totals'] {
  const totalRows = new Map<string, UnitId[]>();
  for (const { unitId, reason } of skipped) {
    const key = reason === 'total' ? tableOf(unitId, context) : undefined;
    if (key !== undefined) totalRows.set(key, [...(totalRows.get(key) ?? []), unitId]);
  }
  if (totalRows.size === 0) return [];
  const summable = coerced.columns.flatMap(({ type }, index) =>
    type === 'integer' || type === 'decimal' || type === 'currency' ? index : [],
  );
  return summable.flatMap((field) => {
    const positions = positionsOf(field, { merge, coerced, context });
    return [...totalRows].flatMap(([table, units]) =>
      totalsOfTable(units, positions.get(table) ?? [], {
        field: coerced.columns[field]?.name ?? '',
        context,
      }),
    );
  });
}

function positionsOf(
  field: number,
  { merge, coerced, context }: Pick<Given, 'merge' | 'coerced' | 'context'>,
): ReadonlyMap<string, Position[]> {
  const positions = new Map<string, Position[]>();
  for (const [at, { cells }] of merge.rows.entries()) {
    const source = cells[field]?.source;
    const value = coerced.values[at]?.[field];
    if (source?.column === undefined || value?.kind !== 'number') continue;
    const key = tableOf(source.unitId, context);
    const row = context.unit(source.unitId)?.table?.row;
    if (key === undefined || row === undefined) continue;
    const own = positions.get(key);
    const position = { row, column: source.column, value: value.value };
    if (own === undefined) positions.set(key, [position]);
    else own.push(position);
  }
  return positions;
}

function totalsOfTable(
  units: readonly UnitId[],
  positions: readonly Position[],
  { field, context }: { field: string; context: StageContext },
): ReconcileOutput['totals'] {
  const column = positions[0]?.column;
  if (column === undefined || positions.some((each) => each.column !== column)) return [];
  let before = 0;
  let totalsSum = 0;
  const compared: ReconcileOutput['totals'][number][] = [];
  for (const unitId of units) {
    const table = context.unit(unitId)?.table;
    const stated = table === undefined ? undefined : figureAt(table, column);
    if (table === undefined || stated === undefined) continue;
    const all = sum(positions.filter(({ row }) => row < table.row));
    const since = sum(positions.filter(({ row }) => row < table.row && row > before));
    const candidates = [since, all, totalsSum];
    const agrees = candidates.some((each) => isEqual(each, stated));
    compared.push({ unitId, field, stated, computed: before === 0 ? all : since, agrees });
    if (isEqual(since, stated)) totalsSum += stated;
    before = table.row;
  }
  return compared;
}

function figureAt(
  table: {
    cells: readonly string[];
    numbers?: Readonly<Record<string, number>> | undefined;
    types?: string | undefined;
  },
  column: number,
): number | undefined {
  const stored = table.numbers?.[String(column)];
  if (stored !== undefined) return stored;
  return readNumber(table.cells[column] ?? '', undefined)?.value;
}

function sum(positions: readonly Position[]): number {
  const total = positions.reduce((running, { value }) => running + value, 0);
  // Cents add up to cents, whatever binary fractions do.
  return Math.round(total * 1e6) / 1e6;
}

function isEqual(left: number, right: number): boolean {
  return Math.abs(left - right) < 0.005 + Math.abs(right) * 1e-9;
}

function tableOf(unitId: UnitId, { unit }: StageContext): string | undefined {
  const table = unit(unitId)?.table?.table;
  return table === undefined ? undefined : `${documentIdOfUnit(unitId)} ${table}`;
}
