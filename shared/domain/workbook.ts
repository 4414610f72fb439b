import * as z from 'zod';

/** What a reader is to notice about a cell: shown as a fill, and named in the sheet's notes by whoever sets it. */
export const CellMark = z.enum(['warning', 'missing', 'changed']);
export type CellMark = z.infer<typeof CellMark>;

/** A row of a sheet of the same workbook, by its position among the rows from 0. */
const RowTarget = z.object({ sheet: z.string(), row: z.int().min(0) });

/**
 * The only formulas there are. They are built by code from columns of the same workbook, so that no text of a document or a model can
 * ever be one.
 */
export const Formula = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('aggregate'),
    function: z.enum(['sum', 'average', 'count', 'minimum', 'maximum']),
    sheet: z.string(),
    /** Title of a column of that sheet. */
    column: z.string(),
  }),
  /** Of two columns in the row of the formula. */
  z.object({
    kind: z.literal('arithmetic'),
    operator: z.enum(['+', '-', '*', '/']),
    left: z.string(),
    right: z.string(),
  }),
]);
export type Formula = z.infer<typeof Formula>;

const marked = { mark: CellMark.optional() };

/** A cell says itself what it holds; its column says how that is shown. A text in a column of numbers stays a text. */
export const Cell = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty'), ...marked }),
  z.object({ kind: z.literal('text'), text: z.string(), ...marked }),
  z.object({ kind: z.literal('number'), value: z.number(), ...marked }),
  z.object({ kind: z.literal('boolean'), value: z.boolean(), ...marked }),
  z.object({ kind: z.literal('date'), date: z.iso.date(), ...marked }),
  /** As a clock on the wall shows it, without a time zone: `2026-03-01T14:30:00`. */
  z.object({
    kind: z.literal('datetime'),
    datetime: z.iso.datetime({ local: true, offset: false }),
    ...marked,
  }),
  /** To a web page, a mail address or a row of the same workbook. */
  z.object({
    kind: z.literal('link'),
    text: z.string(),
    target: z.union([z.string(), RowTarget]),
    ...marked,
  }),
  z.object({ kind: z.literal('formula'), formula: Formula, ...marked }),
  /** What a verified citation says; the writer takes it from the citation, so that no other text can stand there (I8). */
  z.object({
    kind: z.literal('citation'),
    id: z.string(),
    show: z.enum(['quote', 'place', 'document']),
    ...marked,
  }),
]);
export type Cell = z.infer<typeof Cell>;

export const Column = z.object({
  title: z.string(),
  type: z.enum([
    'text',
    'integer',
    'decimal',
    'currency',
    'percent',
    'date',
    'datetime',
    'boolean',
    'link',
  ]),
  /** ISO 4217, for columns of type `currency`. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** Number format code (ISO 29500-1, 18.8.30) in place of the one that goes with the type. */
  format: z.string().min(1).max(255).optional(),
  /** In characters; estimated from the content where it is not given. */
  width: z.number().min(1).max(255).optional(),
  /** Long texts go on in the next line. */
  wrap: z.boolean().optional(),
  /** Shown below the column. */
  total: z.enum(['sum', 'average', 'count', 'minimum', 'maximum']).optional(),
});
export type Column = z.infer<typeof Column>;

/** A line above the table, for example that the result is partial. */
export const SheetNote = z.object({
  text: z.string(),
  isBold: z.boolean().optional(),
  mark: CellMark.optional(),
});

/** A table with a header, and notes above it. Rows may be shorter than the header, not longer. */
export const Sheet = z.object({
  name: z.string().min(1),
  notes: z.array(SheetNote).optional(),
  columns: z.array(Column).min(1).max(16_384),
  rows: z.array(z.array(Cell)),
  /** The header stays in view. Default: yes. */
  hasFrozenHeader: z.boolean().optional(),
  /** Default: yes. */
  hasFilter: z.boolean().optional(),
});
export type Sheet = z.infer<typeof Sheet>;

/** Tables that a workflow wants to have written, free of any file format; `shared/documents/write` turns them into XLSX and CSV. */
export const Workbook = z.object({
  title: z.string(),
  /** BCP 47 tag. */
  language: z.string(),
  sheets: z.array(Sheet).min(1),
});
export type Workbook = z.infer<typeof Workbook>;
