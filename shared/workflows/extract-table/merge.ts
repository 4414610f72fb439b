import type { Unit } from '#shared/domain/document.ts';
import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { columnsOf, type TableColumns } from './columns.ts';
import type { Field } from './fields.ts';
import { ExtractTableParams, fieldsOf } from './params.ts';
import {
  type Issue,
  type MergedCell,
  type MergedRow,
  type MergeOutput,
  type RawRow,
  RowsOutput,
} from './schemas.ts';
import { type Support, supportsIn } from './support.ts';
import { unite } from './unite.ts';

/** Finds the place of every value and makes one row of those that are about the same record. */
export const mergeStage: CodeStage = {
  kind: 'code',
  name: 'merge',
  title: 'Merging the rows',
  run(context): MergeOutput {
    const fields = fieldsOf(context);
    const { rowPer } = ExtractTableParams.parse(context.params);
    const raw = inOrder(RowsOutput.parse(context.earlier('rows')).rows, context);
    const columns = columnsOf(raw, fields, context);
    const placed = raw.map((row) => ({
      callId: row.callId,
      row: placeRow(row, { fields, columns, context }),
    }));
    const { rows, issues, merged } = unite(placed, { fields, rowPer, context });
    return {
      rows,
      merged,
      issues: [...issues, ...rows.flatMap((row, at) => cellIssues(row, at, fields))],
    };
  },
};

function inOrder(rows: readonly RawRow[], { documents }: StageContext): RawRow[] {
  const places = new Map<UnitId, number>();
  for (const { units } of documents) for (const { id } of units) places.set(id, places.size);
  const placeOf = ({ units }: RawRow) => Math.min(...units.map((id) => places.get(id) ?? 0));
  return rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((left, right) => left.place - right.place)
    .map(({ row }) => row);
}

interface Placing {
  readonly fields: readonly Field[];
  readonly columns: TableColumns;
  readonly context: StageContext;
}

function placeRow(row: RawRow, { fields, columns, context }: Placing): MergedRow {
  const units = row.units.flatMap((id) => context.unit(id) ?? []);
  const [first] = row.units;
  return {
    documentId: documentIdOfUnit(first ?? ('d1.u1' as UnitId)),
    units: row.units,
    cells: fields.map((field, index) => {
      const [only] = units;
      const column = units.length === 1 && only !== undefined ? columns.of(only, index) : undefined;
      return placeValue(row, { field, index, units, column });
    }),
  };
}

interface ValuePlace {
  readonly field: Field;
  readonly index: number;
  readonly units: readonly Unit[];
  readonly column: number | undefined;
}

/** Where the table has a column for the field, its cell decides; the model's word only tells which column that is. */
function placeValue(row: RawRow, place: ValuePlace): MergedCell {
  const value = row.values[place.index] ?? null;
  const best = value === null ? undefined : bestSupport(row, value, place);
  if (best !== undefined && value !== null) {
    const { unitId, quote, isWholeCell, isJudged, column } = best;
    const source = { unitId, quote, ...(column === undefined ? {} : { column }) };
    const text = isWholeCell ? quote.trim() : value;
    return { text, source, check: isJudged ? 'judged' : 'verified' };
  }
  const inColumn = cellAt(place.units[0], place.column);
  if (inColumn !== undefined) return { ...inColumn, check: 'corrected' };
  return { text: null, check: value === null ? 'missing' : 'dropped' };
}

function bestSupport(
  row: RawRow,
  value: string,
  { field, index, units, column }: ValuePlace,
): Support | undefined {
  const claim = { value, quote: row.quotes[index] ?? null, type: field.type };
  const supports = units.flatMap((unit) => supportsIn(unit, claim));
  if (column !== undefined) return supports.find((support) => support.column === column);
  return supports.find(({ isWholeCell }) => isWholeCell) ?? supports[0];
}

function cellAt(
  unit: Unit | undefined,
  column: number | undefined,
): Omit<MergedCell, 'check'> | undefined {
  const cell = column === undefined ? '' : (unit?.table?.cells[column] ?? '');
  if (unit === undefined || column === undefined || !/[\p{L}\p{N}]/u.test(cell)) return undefined;
  return { text: cell.trim(), source: { unitId: unit.id, quote: cell, column } };
}

function cellIssues({ cells, units }: MergedRow, row: number, fields: readonly Field[]): Issue[] {
  const [unitId] = units;
  const place = unitId === undefined ? {} : { unitId };
  return cells.flatMap(({ check }, index): Issue[] => {
    const field = fields[index];
    if (field === undefined) return [];
    const about = { row, field: field.name, ...place };
    if (check === 'dropped') {
      return [
        {
          kind: 'dropped-value',
          message: 'What the model gave does not stand in the source and was dropped.',
          ...about,
        },
      ];
    }
    if (check === 'corrected') {
      return [
        {
          kind: 'corrected-value',
          message:
            'The model gave something else or nothing; the value is the cell of the column that the field has in all other rows.',
          ...about,
        },
      ];
    }
    if (check === 'missing' && field.isRequired) {
      return [
        {
          kind: 'missing-value',
          message: 'The field is required and the source states no value.',
          ...about,
        },
      ];
    }
    return [];
  });
}
