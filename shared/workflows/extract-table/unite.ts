import type { UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import type { Field } from './fields.ts';
import type { Issue, MergedRow } from './schemas.ts';
import { plain } from './support.ts';

/** A row with the call that it is from. */
export interface PlacedRow {
  readonly callId: string;
  readonly row: MergedRow;
}

export interface United {
  readonly rows: MergedRow[];
  readonly issues: Issue[];
  /** Rows that another row stands for. */
  readonly merged: number;
}

/** Rows with one key that are compared with a new one: a field that is the same everywhere identifies nothing. */
const maxCompared = 20;

/** A row of the result while rows are added to it. */
interface Group {
  row: MergedRow;
  readonly callIds: Set<string>;
  conflict: string[];
  isRepeated: boolean;
}

/**
 * Makes one row of those that are about the same: of one document (a row per document), of the same text read by two calls (overlap), or with
 * the same key. Rows that contradict each other both stay, and the contradiction is named; of a row per document the first value stays.
 */
export function unite(placed: readonly PlacedRow[], given: Uniting): United {
  const groups: Group[] = [];
  const index: Index = { byUnit: new Map(), byKey: new Map() };
  let merged = 0;
  for (const each of placed) {
    const key = keyOf(each.row, given);
    const sameKey = key === undefined ? [] : listIn(index.byKey, key);
    const home = homeOf(each, { sameKey, index, given });
    if (home !== undefined) {
      join(home, each, given);
      merged += 1;
      continue;
    }
    const group: Group = {
      row: each.row,
      callIds: new Set([each.callId]),
      conflict: sameKey.slice(0, 1).flatMap(({ row }) => differing(row, each.row, given.fields)),
      isRepeated: false,
    };
    groups.push(group);
    sameKey.push(group);
    for (const unit of each.row.units) listIn(index.byUnit, unit).push(group);
  }
  return {
    rows: groups.map(({ row }) => row),
    issues: groups.flatMap((group, at) => issuesOf(group, at)),
    merged,
  };
}

function listIn<Key>(lists: Map<Key, Group[]>, key: Key): Group[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}

interface Uniting {
  readonly fields: readonly Field[];
  readonly rowPer: 'record' | 'document';
  readonly context: StageContext;
}

interface Index {
  readonly byUnit: Map<UnitId, Group[]>;
  readonly byKey: Map<string, Group[]>;
}

/** The group that a row belongs to, if it is not a row of its own. */
function homeOf(
  each: PlacedRow,
  { sameKey, index, given }: { sameKey: readonly Group[]; index: Index; given: Uniting },
): Group | undefined {
  if (given.rowPer === 'document') return sameKey[0];
  const overlap = overlapping(each, index.byUnit, given.context);
  return overlap ?? sameKey.slice(0, maxCompared).find((group) => agree(group.row, each.row));
}

function keyOf(
  { documentId, cells }: MergedRow,
  { fields, rowPer }: { fields: readonly Field[]; rowPer: 'record' | 'document' },
): string | undefined {
  if (rowPer === 'document') return documentId;
  const values = fields.flatMap(({ isKey }, index) => (isKey ? [cells[index]?.text ?? null] : []));
  if (values.length === 0 || values.includes(null)) return undefined;
  return JSON.stringify(values.map((value) => plain(value ?? '')));
}

/** Two calls that show the same running text may both give its record; two rows of one call are two records. */
function overlapping(
  { row, callId }: PlacedRow,
  byUnit: ReadonlyMap<UnitId, Group[]>,
  context: StageContext,
): Group | undefined {
  for (const unitId of row.units) {
    if (context.unit(unitId)?.table !== undefined) continue;
    const found = byUnit
      .get(unitId)
      ?.find((group) => !group.callIds.has(callId) && agree(group.row, row));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Nothing that both say differs, and something is the same. */
function agree(left: MergedRow, right: MergedRow): boolean {
  let shared = 0;
  for (const [index, { text }] of left.cells.entries()) {
    const other = right.cells[index]?.text ?? null;
    if (text === null || other === null) continue;
    if (plain(text) !== plain(other)) return false;
    shared += 1;
  }
  return shared > 0;
}

function join(
  group: Group,
  { row, callId }: PlacedRow,
  { fields, rowPer }: { fields: readonly Field[]; rowPer: 'record' | 'document' },
): void {
  group.conflict.push(...differing(group.row, row, fields));
  const known = new Set(group.row.units);
  group.isRepeated ||= rowPer === 'record' && row.units.every((id) => !known.has(id));
  group.callIds.add(callId);
  group.row = {
    ...group.row,
    units: [...group.row.units, ...row.units.filter((id) => !known.has(id))],
    cells: group.row.cells.map((cell, index) =>
      cell.text === null ? (row.cells[index] ?? cell) : cell,
    ),
  };
}

function differing(left: MergedRow, right: MergedRow, fields: readonly Field[]): string[] {
  return fields.flatMap(({ name }, index) => {
    const [one, other] = [left.cells[index]?.text, right.cells[index]?.text];
    if (one == null || other == null || plain(one) === plain(other)) return [];
    return [name];
  });
}

function issuesOf({ row, conflict, isRepeated }: Group, at: number): Issue[] {
  const [unitId] = row.units;
  const about = { row: at, ...(unitId === undefined ? {} : { unitId }) };
  const conflicts = [...new Set(conflict)].map(
    (field): Issue => ({
      kind: 'conflict',
      message: 'Another place says something else about the same record.',
      field,
      ...about,
    }),
  );
  if (!isRepeated) return conflicts;
  const units = row.units.length;
  return [
    ...conflicts,
    { kind: 'duplicate', message: `The row stands for ${units} places that agree.`, ...about },
  ];
}
