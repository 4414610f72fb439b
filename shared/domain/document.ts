import * as z from 'zod';
import { DocumentId, UnitId } from './ids.ts';

/** Formats that can be read. */
export const DocumentFormat = z.enum(['docx', 'pdf', 'markdown', 'html', 'text']);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

const headingPath = z
  .array(z.string())
  .describe('Texts of the headings above the unit, outermost first');

/** Where a unit is in its file, so that a person or a program finds it again. Counts start at 1. */
export const Locator = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('docx'),
    part: z.enum(['body', 'header', 'footer', 'footnote', 'endnote', 'comment']),
    paragraph: z.int().min(1).describe('Position among the paragraphs (w:p) of the part'),
    page: z
      .int()
      .min(1)
      .optional()
      .describe('Page as last laid out by Word, where the file says so'),
    headingPath,
  }),
  z.object({ kind: z.literal('pdf'), page: z.int().min(1), line: z.int().min(1), headingPath }),
  z.object({
    kind: z.literal('html'),
    element: z.string().describe('Path of element names and positions'),
    headingPath,
  }),
  z.object({ kind: z.literal('text'), line: z.int().min(1), headingPath }),
]);
export type Locator = z.infer<typeof Locator>;

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
]);
export type UnitKind = z.infer<typeof UnitKind>;

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
  /** Of a table row: the table it belongs to (from 1), its place in it (from 1) and its cells. */
  table: z
    .object({
      table: z.int().min(1),
      row: z.int().min(1),
      isHeader: z.boolean(),
      cells: z.array(z.string()),
    })
    .optional(),
  /** Of a footnote: its mark as shown, for example `3`. */
  note: z.string().optional(),
});
export type Unit = z.infer<typeof Unit>;

/** Something in the file that is not among the units, and why. */
export const DocumentWarning = z.object({
  code: z.enum([
    'hidden-text',
    'deleted-text',
    'repeated-header',
    'page-without-text',
    'embedded-object',
    'image',
    'unsupported-part',
    'encoding-guessed',
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
  /** Pages as the file counts them; unknown for formats without pages. */
  pageCount: z.int().min(1).optional(),
  units: z.array(Unit),
  warnings: z.array(DocumentWarning),
});
export type Document = z.infer<typeof Document>;

/** Words a reader would use for a place: `page 4`, `section 3 Findings › 3.2 Costs`, `paragraph 12`. */
export function describeLocator(locator: Locator): string {
  const section = locator.headingPath.at(-1);
  const page = 'page' in locator && locator.page !== undefined ? `page ${locator.page}` : undefined;
  const parts = [page, section === undefined ? undefined : `section “${section}”`].filter(
    (part) => part !== undefined,
  );
  if (parts.length > 0) return parts.join(', ');
  switch (locator.kind) {
    case 'docx':
      return `${locator.part === 'body' ? '' : `${locator.part} `}paragraph ${locator.paragraph}`;
    case 'pdf':
      return `page ${locator.page}`;
    case 'html':
      return `element ${locator.element}`;
    case 'text':
      return `line ${locator.line}`;
  }
}
