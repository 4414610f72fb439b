import * as z from 'zod';
import { DocumentId, UnitId } from './ids.ts';
import { Locator } from './locator.ts';

/** Formats that can be read. `csv` is any delimited text; `transcript` is a JSON transcript of Teams, Zoom or Amazon Transcribe. */
export const DocumentFormat = z.enum([
  'docx',
  'xlsx',
  'pptx',
  'pdf',
  'odt',
  'ods',
  'odp',
  'rtf',
  'html',
  'markdown',
  'text',
  'csv',
  'eml',
  'msg',
  'vtt',
  'srt',
  'transcript',
]);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

/** A submitted file, before anything is known about it but its name. */
export interface SourceFile {
  readonly documentId: DocumentId;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a unit is. */
export const UnitKind = z.enum([
  'title',
  'heading',
  'paragraph',
  'list-item',
  'table-row',
  'caption',
  'code',
  'quote',
  'footnote',
  /** A remark in the margin; `author` says whose. */
  'comment',
  /** Text that repeats at the top or foot of pages, once for each version of it. */
  'page-header',
  'page-footer',
  /** What a speaker wants to say to a slide. */
  'speaker-notes',
  /** Data and titles of a chart. */
  'chart',
  /** A stretch of a transcript; `author` is the speaker. */
  'cue',
  /** A field of an e-mail's header, for example `Subject: Offer`. */
  'message-field',
]);
export type UnitKind = z.infer<typeof UnitKind>;

/** A row of a table, with what its plain text cannot say. Columns count from 0 within the row. */
export const TableRow = z.object({
  /** The table it belongs to (from 1) and its place in it (from 1). */
  table: z.int().min(1),
  row: z.int().min(1),
  isHeader: z.boolean(),
  /** As shown. A cell that spans columns is followed by empty ones. */
  cells: z.array(z.string()),
  /** Of a workbook: a letter for each cell, `s` text, `n` number, `d` date or time (as ISO 8601 in `cells`), `b` boolean, `e` error, `-` empty. */
  types: z.string().optional(),
  /** Of a workbook: numbers whose text in `cells` is formatted, by column. */
  numbers: z.record(z.string(), z.number()).optional(),
  /** Of a workbook: formulas by column, without `=`; `cells` holds the values they had when the file was saved. */
  formulas: z.record(z.string(), z.string()).optional(),
  /** Merged cells that begin in this row. */
  merges: z
    .array(z.object({ column: z.int().min(0), columns: z.int().min(1), rows: z.int().min(1) }))
    .optional(),
});
export type TableRow = z.infer<typeof TableRow>;

/** The leaf whose coverage is tracked (I6): a paragraph, a list item, a table row, a footnote. */
export const Unit = z.object({
  id: UnitId,
  kind: UnitKind,
  /** Plain text, white space collapsed. Cells of a row are joined by ` | `. Never empty. */
  text: z.string().min(1),
  locator: Locator,
  /** Heading level 1–9, or nesting depth of a list item from 0. */
  level: z.int().min(0).max(9).optional(),
  /** Number or bullet of a list item as a reader sees it, for example `3.2`. */
  marker: z.string().optional(),
  table: TableRow.optional(),
  /** Of a footnote: its mark as shown, for example `3`. */
  note: z.string().optional(),
  /** Who wrote a comment or spoke a cue. */
  author: z.string().optional(),
  /** Hyperlinks: characters [from, to) of the text and where they lead. Never followed. */
  links: z
    .array(z.object({ from: z.int().min(0), to: z.int().min(0), target: z.string() }))
    .optional(),
  /** It stands in a row, column, sheet or slide that the program does not show; a warning counts those. */
  isHidden: z.boolean().optional(),
});
export type Unit = z.infer<typeof Unit>;

/** A change that its author had tracked and nobody has accepted or rejected yet. The units read as if all were accepted. */
export const TrackedChange = z.object({
  kind: z.enum(['insertion', 'deletion', 'move-from', 'move-to', 'formatting']),
  author: z.string().optional(),
  /** As in the file, ISO 8601. */
  madeAt: z.string().optional(),
  /** What is inserted, deleted or moved; the paragraph's text for a change of formatting. */
  text: z.string(),
  locator: Locator,
});
export type TrackedChange = z.infer<typeof TrackedChange>;

/** Text that the program hides by its format. It is kept apart, since a reader of the page does not see it and a model must not either. */
export const HiddenText = z.object({ text: z.string().min(1), locator: Locator });
export type HiddenText = z.infer<typeof HiddenText>;

/** Something in the file that is not among the units, and why. */
export const DocumentWarning = z.object({
  code: z.enum([
    'hidden-text',
    'hidden-content',
    'deleted-text',
    'repeated-header',
    'page-without-text',
    'embedded-object',
    'image',
    'unsupported-part',
    'encoding-guessed',
    'dialect-guessed',
    'attachment-not-read',
    'no-cached-value',
    'malformed',
  ]),
  message: z.string(),
  /** How many places it stands for. */
  count: z.int().min(1),
  locator: Locator.optional(),
});
export type DocumentWarning = z.infer<typeof DocumentWarning>;

/** A parsed input. */
export const Document = z.object({
  id: DocumentId,
  /** File name as submitted. */
  name: z.string(),
  format: DocumentFormat,
  /** Of the bytes as submitted, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeInBytes: z.int().min(0),
  title: z.string().optional(),
  /** Pages, slides or sheets as the file counts them; unknown for formats without them. */
  pageCount: z.int().min(1).optional(),
  units: z.array(Unit),
  warnings: z.array(DocumentWarning),
  changes: z.array(TrackedChange).default([]),
  hidden: z.array(HiddenText).default([]),
  /** Files that came with it and were read: documents of their own, right behind it in the order of the task. */
  attachments: z.array(DocumentId).default([]),
});
export type Document = z.infer<typeof Document>;
