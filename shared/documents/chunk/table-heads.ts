import type { Unit } from '#shared/domain/document.ts';
import { weighText } from '#shared/domain/tokens.ts';

/** Head rows of the tables of a document: those in front of all other rows. */
export interface TableHeads {
  /** Head rows that a chunk has to repeat before the unit; none if it is itself of the head, or the chunk has rows of its table already. */
  neededBy(unit: Unit | undefined, tablesInChunk: ReadonlySet<number>): readonly Unit[];
  /** Weight of the head that the unit needs in a chunk of its own. */
  weightOf(unit: Unit | undefined): number;
}

/** A head of more than `maxWeight` is not repeated: it would leave no room for the rows. */
export function createTableHeads(units: readonly Unit[], maxWeight: number): TableHeads {
  const heads = new Map<number, { rows: Unit[]; weight: number }>();
  const begun = new Set<number>();
  for (const unit of units) {
    if (unit.table === undefined || begun.has(unit.table.table)) continue;
    if (!unit.table.isHeader) {
      begun.add(unit.table.table);
      continue;
    }
    const head = heads.get(unit.table.table) ?? { rows: [], weight: 0 };
    head.rows.push(unit);
    head.weight += weighText(unit.text);
    heads.set(unit.table.table, head);
  }
  const headOf = (unit: Unit | undefined) => {
    if (unit?.table === undefined || unit.table.isHeader) return undefined;
    const head = heads.get(unit.table.table);
    return head !== undefined && head.weight <= maxWeight ? head : undefined;
  };
  return {
    neededBy(unit, tablesInChunk) {
      const head = headOf(unit);
      const number = unit?.table?.table;
      const isThere = number !== undefined && tablesInChunk.has(number);
      return head === undefined || isThere ? [] : head.rows;
    },
    weightOf: (unit) => headOf(unit)?.weight ?? 0,
  };
}
