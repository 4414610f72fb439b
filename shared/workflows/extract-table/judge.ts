import type { CallSpec } from '#shared/domain/call.ts';
import type { Unit } from '#shared/domain/document.ts';
import { UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import { createSourceText } from '../source-text.ts';
import type { Field } from './fields.ts';
import { isWantedHeader, isWantedText } from './headers.ts';
import {
  CallContext,
  type Missing,
  MissingReason,
  type RawRow,
  type RowsAnswer,
  type Skip,
  SkipReason,
} from './schemas.ts';
import { certainSkip, confirmSkip, makeOf, rowMakeOf } from './skips.ts';
import { supportsIn } from './support.ts';
import { looseTags } from './tags.ts';

/** What of an answer holds, and what does not. */
export interface Judged {
  readonly rows: readonly RawRow[];
  readonly skipped: readonly Skip[];
  /** Pieces of the question that the answer does not account for. */
  readonly missing: readonly Missing[];
  /** Rows that cannot be used at all. */
  readonly dropped: number;
  /** Sentences for the model; values of documents never stand in them. */
  readonly faults: readonly string[];
}

/**
 * Compares an answer with what was asked: the model never decides what is complete. A unit counts as taken where a row takes a value from it,
 * and as skipped where code sees why.
 */
export function judgeRows(
  answer: RowsAnswer,
  spec: CallSpec,
  { context, fields }: { context: StageContext; fields: readonly Field[] },
): Judged {
  const asked = CallContext.parse(spec.context);
  const question = { asked, context, fields, callId: spec.callId };
  const judgedRows = answer.rows.map((row, index) => judgeRow(row, index + 1, question));
  const given = withoutRepeats(judgedRows.flatMap(({ row }) => row ?? []));
  const rows = asked.rowPer === 'document' ? given : withoutHeads(given, question);
  const rowFaults = judgedRows.flatMap(({ faults }) => faults);
  const dropped = judgedRows.filter(({ row, isOutside }) => row === undefined && !isOutside).length;
  if (asked.rowPer === 'document') {
    return { rows, skipped: [], missing: [], dropped, faults: rowFaults };
  }
  const { skipped, missing } = accountFor(answer, rows, question);
  return {
    rows,
    skipped,
    missing,
    dropped,
    faults: [...accountFaults(missing), ...rowFaults],
  };
}

interface Question {
  readonly asked: CallContext;
  readonly context: StageContext;
  readonly fields: readonly Field[];
  readonly callId: string;
}

interface JudgedRow {
  readonly row?: RawRow;
  readonly isOutside?: boolean;
  readonly faults: readonly string[];
}

function judgeRow(
  { u, v, q = [] }: RowsAnswer['rows'][number],
  position: number,
  { asked, context, fields, callId }: Question,
): JudgedRow {
  const given = new Set<string>(asked.pieces.map(({ unitId }) => unitId));
  const around = new Set<string>(asked.around);
  const named = u.filter((id) => given.has(id) || around.has(id));
  const faults =
    named.length === u.length
      ? []
      : [`Row ${position}: "u" names a unit that is not among those given.`];
  if (named.length === 0) return { faults };
  // It is another question's row.
  if (named.every((id) => !given.has(id))) return { faults, isOutside: true };
  if (v.length !== fields.length) {
    return {
      faults: [
        ...faults,
        `Row ${position}: "v" has ${v.length} values for ${fields.length} fields; write null for what is not stated.`,
      ],
    };
  }
  const units = named.flatMap((id) => context.unit(UnitId.parse(id)) ?? []);
  const supported = fields.map((field, index) =>
    supportOf({ field, value: v[index], quote: q[index] }, units),
  );
  const used = new Set(supported.flatMap((unit) => unit?.id ?? []));
  const first = units.find(({ id }) => used.has(id) && given.has(id));
  const unsupported = fields.filter(
    (_, index) => v[index] != null && supported[index] === undefined,
  );
  const valueFaults = unsupported.map(
    ({ name }) =>
      `Row ${position}: the value of “${name}” does not stand in ${u.slice(0, 3).join(', ')}; copy it letter by letter${units.some(({ table }) => table === undefined) ? ' and quote it in "q"' : ''}, or write null.`,
  );
  if (first === undefined) {
    return { faults: [...faults, ...valueFaults, `Row ${position}: no value is from its units.`] };
  }
  return {
    row: {
      callId,
      units: units.flatMap(({ id }) => (used.has(id) ? [id] : [])),
      values: fields.map((_, index) => v[index] ?? null),
      quotes: fields.map((_, index) => q[index] ?? null),
      unsupported: unsupported.length,
    },
    faults: [...faults, ...valueFaults],
  };
}

function supportOf(
  claim: { field: Field; value: string | null | undefined; quote: string | null | undefined },
  units: readonly Unit[],
): Unit | undefined {
  const { field, value, quote } = claim;
  if (value === null || value === undefined) return undefined;
  return units.find(
    (unit) => supportsIn(unit, { value, quote: quote ?? null, type: field.type }).length > 0,
  );
}

/** The same row said twice of the same units is said once. */
function withoutRepeats(rows: readonly RawRow[]): RawRow[] {
  const seen = new Set<string>();
  return rows.filter(({ units, values }) => {
    const key = JSON.stringify([units, values]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** A head that is repeated on each page and a plain sum are no records, also where a model copies them as such. */
function withoutHeads(rows: readonly RawRow[], { context, fields }: Question): RawRow[] {
  const source = createSourceText(context.documents);
  const isHead = (unitId: UnitId) => {
    const unit = context.unit(unitId);
    const header = unit === undefined ? undefined : source.headerOf(unit);
    const isWanted = isWantedHeader(header, fields);
    const reason = unit === undefined ? undefined : certainSkip(unit, { header, isWanted });
    return isWanted && (reason === 'header' || reason === 'total');
  };
  return rows.filter(({ units }) => !units.every(isHead));
}

function accountFor(
  { skipped: claimed }: RowsAnswer,
  rows: readonly RawRow[],
  { asked, context, fields }: Question,
): { skipped: Skip[]; missing: Missing[] } {
  const source = createSourceText(context.documents);
  const reasons = new Map(claimed.flatMap(({ u, why }) => u.map((id) => [id, why] as const)));
  const taken = takenUnits(rows, context);
  const values = new Set(rows.flatMap((row) => row.values.flatMap((value) => value ?? [])));
  /** Why the unit may be left out, or why it is missing; nothing where it is a row. */
  const fateOf = (unit: Unit): Skip['reason'] | Missing['why'] | undefined => {
    if (taken.units.has(unit.id))
      return looseTags(unit, values).length > 0 ? 'left-out' : undefined;
    const header = source.headerOf(unit);
    const isWanted =
      unit.table === undefined ? isWantedText(unit.text, fields) : isWantedHeader(header, fields);
    const why = reasons.get(unit.id);
    if (why === undefined) return certainSkip(unit, { header, isWanted }) ?? 'not-answered';
    const reason = confirmSkip(unit, why, {
      header,
      isAmongRecords: asked.suspects.includes(unit.id) || taken.isAmong(unit),
      isMadeLikeRecord: taken.isMadeLikeRow(unit),
      isWanted,
    });
    return reason ?? 'skipped-without-reason';
  };
  const skipped: Skip[] = [];
  const missing: Missing[] = [];
  for (const piece of asked.pieces) {
    const unit = context.unit(piece.unitId);
    const fate = unit === undefined ? undefined : fateOf(unit);
    const reason = SkipReason.safeParse(fate).data;
    const why = MissingReason.safeParse(fate).data;
    if (reason !== undefined) skipped.push({ unitId: piece.unitId, reason });
    if (why !== undefined) missing.push({ ...piece, why, isWorthAsking: true });
  }
  return { skipped, missing };
}

/** Units that rows are from, and whether another unit is of their kind: of the same table, or a text of the same make. */
export function takenUnits(rows: readonly RawRow[], context: Pick<StageContext, 'unit'>) {
  const units = new Set(rows.flatMap((row) => row.units));
  const places = new Set<string>();
  const makes = new Set<string>();
  for (const id of units) {
    const unit = context.unit(id);
    if (unit === undefined) continue;
    places.add(placeOf(unit));
    makes.add(`${placeOf(unit)} ${rowMakeOf(unit)}`);
  }
  return {
    units,
    /** A reader may take the first record of a table for its head. */
    isMadeLikeRow: (unit: Unit) =>
      rowMakeOf(unit) !== undefined && makes.has(`${placeOf(unit)} ${rowMakeOf(unit)}`),
    isAmong: (unit: Unit) => {
      const place = placeOf(unit);
      return (unit.table !== undefined || place.includes('9')) && places.has(place);
    },
  };
}

function placeOf(unit: Unit): string {
  const documentId = unit.id.slice(0, unit.id.indexOf('.'));
  return unit.table === undefined
    ? `text ${makeOf(unit.text)}`
    : `table ${documentId} ${unit.table.table}`;
}

const maxNamed = 60;

function accountFaults(missing: readonly Missing[]): string[] {
  const named = (why: Missing['why']) => {
    const ids = missing.flatMap((each) => (each.why === why ? each.unitId : []));
    const more = ids.length > maxNamed ? ` and ${ids.length - maxNamed} more` : '';
    return ids.length === 0 ? undefined : `${ids.slice(0, maxNamed).join(', ')}${more}`;
  };
  const absent = named('not-answered');
  const leftOut = named('left-out');
  const skipped = named('skipped-without-reason');
  return [
    ...(absent === undefined
      ? []
      : [
          `These units are neither in a row nor in "skipped", or give their row no value: ${absent}.`,
        ]),
    ...(leftOut === undefined
      ? []
      : [`These units name a record by a number of its own that is in no row: ${leftOut}.`]),
    ...(skipped === undefined
      ? []
      : [
          `These units are in "skipped" but look like records, and must be rows unless they are headers, totals or blank: ${skipped}.`,
        ]),
  ];
}
