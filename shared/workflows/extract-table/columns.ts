import type { Unit } from '#shared/domain/document.ts';
import { documentIdOfUnit } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import type { Field } from './fields.ts';
import type { RawRow } from './schemas.ts';
import { supportsIn } from './support.ts';

/** Which column of a table a field has. */
export interface TableColumns {
  /** Column from 0, or `undefined` where the rows do not agree on one. */
  of(unit: Unit, field: number): number | undefined;
}

const minVotes = 3;
const minShare = 0.8;

/** The column of a field is where nearly all rows of the table have its value as a whole cell. Few rows prove nothing. */
export function columnsOf(
  rows: readonly RawRow[],
  fields: readonly Field[],
  context: Pick<StageContext, 'unit'>,
): TableColumns {
  const tables = new Map<string, TableVotes>();
  for (const row of rows) {
    const [only, ...more] = row.units;
    const unit = only === undefined ? undefined : context.unit(only);
    if (unit?.table === undefined || more.length > 0) continue;
    const key = keyOf(unit);
    const votes = tables.get(key) ?? fields.map(() => ({ rows: 0, columns: new Map() }));
    tables.set(key, votes);
    count(votes, { row, unit, fields });
  }
  const decided = new Map(
    [...tables].map(([key, votes]) => [key, withoutShared(votes.map(winnerOf))] as const),
  );
  return { of: (unit, field) => decided.get(keyOf(unit))?.[field] };
}

type TableVotes = { rows: number; readonly columns: Map<number, number> }[];

function count(
  votes: TableVotes,
  { row, unit, fields }: { row: RawRow; unit: Unit; fields: readonly Field[] },
): void {
  for (const [index, field] of fields.entries()) {
    const value = row.values[index] ?? null;
    const own = votes[index];
    if (value === null || own === undefined) continue;
    own.rows += 1;
    for (const { column, isWholeCell } of supportsIn(unit, {
      value,
      quote: null,
      type: field.type,
    })) {
      if (column === undefined || !isWholeCell) continue;
      own.columns.set(column, (own.columns.get(column) ?? 0) + 1);
    }
  }
}

function winnerOf({ rows, columns }: TableVotes[number]): number | undefined {
  const ranked = [...columns].sort((left, right) => right[1] - left[1]);
  const [best, second] = ranked;
  if (best === undefined || best[1] < minVotes || best[1] < rows * minShare) return undefined;
  return second?.[1] === best[1] ? undefined : best[0];
}

/** Two fields that claim the same column leave it open whose it is. */
function withoutShared(columns: readonly (number | undefined)[]): (number | undefined)[] {
  return columns.map((column) =>
    columns.filter((other) => other === column).length > 1 ? undefined : column,
  );
}

function keyOf(unit: Unit): string {
  return `${documentIdOfUnit(unit.id)} ${unit.table?.table}`;
}
