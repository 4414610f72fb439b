import * as z from 'zod';
import { ErrorCodeSchema } from '#shared/domain/errors.ts';
import { DocumentId, UnitId } from '#shared/domain/ids.ts';
import { Field, FieldType } from './fields.ts';

/** Answer to `extract-table.infer`. */
export const InferAnswer = z.object({
  fields: z.array(
    z.object({
      name: z.string().trim().min(1).max(80),
      type: FieldType.catch('auto'),
      description: z.string().trim().max(300).optional().catch(undefined),
    }),
  ),
});
export type InferAnswer = z.infer<typeof InferAnswer>;

/** No fields where they were given. */
export const InferOutput = z.object({ fields: z.array(Field) });
export type InferOutput = z.infer<typeof InferOutput>;

const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().map((id) => id.replace(/[[\]\s]/g, '')));

const said = z.union([z.string(), z.number(), z.boolean()]).nullable();
const textOrNothing = said.transform((value) => {
  const text = value === null ? '' : String(value).trim();
  return text === '' ? null : text;
});

/** Answer to `extract-table.rows`. The keys are short, since they are repeated for each row: units, values, quotes. */
export const RowsAnswer = z.object({
  rows: z.array(
    z.object({
      u: ids,
      v: z.array(textOrNothing),
      q: z
        .union([z.array(textOrNothing), z.string().transform((quote) => [quote])])
        .optional()
        .catch(undefined),
    }),
  ),
  skipped: z.array(z.object({ u: ids, why: z.string().trim().max(200).catch('') })).default([]),
});
export type RowsAnswer = z.infer<typeof RowsAnswer>;

/** A unit, or the part of a long one, that an answer must account for. */
export const Piece = z.object({ unitId: UnitId, from: z.int(), to: z.int() });
export type Piece = z.infer<typeof Piece>;

/** What a call of the stage `rows` remembers. */
export const CallContext = z.object({
  rowPer: z.enum(['record', 'document']),
  pieces: z.array(Piece),
  /** Units that are shown besides: heads of tables, and what stands in front and behind. */
  around: z.array(UnitId),
  /** Units that look like records and were skipped before. */
  suspects: z.array(UnitId),
});
export type CallContext = z.infer<typeof CallContext>;

/** A row as the model gave it: its units are real, and its values are as many as there are fields. */
export const RawRow = z.object({
  callId: z.string(),
  /** Units that give at least one of its values. */
  units: z.array(UnitId).min(1),
  values: z.array(z.string().nullable()),
  quotes: z.array(z.string().nullable()),
  /** How many of the values stand in none of its units. */
  unsupported: z.int().min(0),
});
export type RawRow = z.infer<typeof RawRow>;

export const SkipReason = z.enum(['header', 'total', 'blank', 'note', 'other']);
export type SkipReason = z.infer<typeof SkipReason>;

/** A unit that is no record, which code has confirmed as far as it can. */
export const Skip = z.object({ unitId: UnitId, reason: SkipReason });
export type Skip = z.infer<typeof Skip>;

export const MissingReason = z.enum([
  'not-answered',
  'left-out',
  'skipped-without-reason',
  'call-failed',
  'unsupported',
]);

/** A unit that no answer has accounted for. */
export const Missing = Piece.extend({
  why: MissingReason,
  /** Of a call that failed. */
  code: ErrorCodeSchema.optional(),
  /** Another question about it may help. */
  isWorthAsking: z.boolean(),
});
export type Missing = z.infer<typeof Missing>;

export const RowsOutput = z.object({
  rows: z.array(RawRow),
  skipped: z.array(Skip),
  missing: z.array(Missing),
  /** Rows that named no unit of the question or did not have the form; each was asked about again. */
  dropped: z.int().min(0),
});
export type RowsOutput = z.infer<typeof RowsOutput>;

/** Where a value stands. */
export const Source = z.object({
  unitId: UnitId,
  quote: z.string().min(1),
  /** Of a table row: the cell it is from. */
  column: z.int().min(0).optional(),
});
export type Source = z.infer<typeof Source>;

/**
 * `verified`: the source says just this. `judged`: the quote stands there, but that it means this value is the model's reading. `corrected`:
 * the model said something else, and code took the cell of the column. `dropped`: what the model said stands nowhere. `missing`: nothing was said.
 */
export const CellCheck = z.enum(['verified', 'judged', 'corrected', 'dropped', 'missing']);
export type CellCheck = z.infer<typeof CellCheck>;

export const MergedCell = z.object({
  text: z.string().nullable(),
  source: Source.optional(),
  check: CellCheck,
});
export type MergedCell = z.infer<typeof MergedCell>;

export const MergedRow = z.object({
  documentId: DocumentId,
  units: z.array(UnitId).min(1),
  cells: z.array(MergedCell),
});
export type MergedRow = z.infer<typeof MergedRow>;

/** Something that a person should look at. Its words are ours; what it is about is found by row, field and unit. */
export const Issue = z.object({
  kind: z.enum([
    'missing-row',
    'missing-value',
    'dropped-value',
    'corrected-value',
    'conflict',
    'duplicate',
    'doubt',
    'not-coerced',
    'total',
    'sequence',
    'count',
  ]),
  message: z.string(),
  /** Position among the rows, from 0. */
  row: z.int().min(0).optional(),
  field: z.string().optional(),
  unitId: UnitId.optional(),
});
export type Issue = z.infer<typeof Issue>;

export const MergeOutput = z.object({
  rows: z.array(MergedRow),
  issues: z.array(Issue),
  /** Rows that another row stands for. */
  merged: z.int().min(0),
});
export type MergeOutput = z.infer<typeof MergeOutput>;

/** A value with its type; numbers are in units of one, so 5 % is 0.05. */
export const TypedValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('number'), value: z.number(), currency: z.string().optional() }),
  z.object({ kind: z.literal('date'), date: z.string() }),
  z.object({ kind: z.literal('boolean'), value: z.boolean() }),
]);
export type TypedValue = z.infer<typeof TypedValue>;

export const TypedColumn = z.object({
  name: z.string(),
  type: FieldType.exclude(['auto']),
  /** ISO 4217, where all values are in one. */
  currency: z.string().optional(),
});
export type TypedColumn = z.infer<typeof TypedColumn>;

export const CoerceOutput = z.object({
  columns: z.array(TypedColumn),
  /** By row and column, as in the merged rows. */
  values: z.array(z.array(TypedValue)),
  issues: z.array(Issue),
});
export type CoerceOutput = z.infer<typeof CoerceOutput>;

export const ReconcileOutput = z.object({
  counts: z.object({
    /** Rows of tables in the documents. */
    sourceRows: z.int(),
    /** Of those: in a row of the result, skipped, in neither. */
    taken: z.int(),
    skipped: z.int(),
    missing: z.int(),
    /** Rows of the result. */
    rows: z.int(),
    merged: z.int(),
  }),
  skippedByReason: z.record(z.string(), z.int()),
  totals: z.array(
    z.object({
      unitId: UnitId,
      field: z.string(),
      stated: z.number(),
      computed: z.number(),
      agrees: z.boolean(),
    }),
  ),
  sequences: z.array(
    z.object({
      field: z.string(),
      first: z.string(),
      last: z.string(),
      gaps: z.array(z.string()),
    }),
  ),
  issues: z.array(Issue),
});
export type ReconcileOutput = z.infer<typeof ReconcileOutput>;
