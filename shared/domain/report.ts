import * as z from 'zod';

/** A stretch of text in one style; `citation` puts a footnote with that citation behind it. */
export const Run = z.object({
  text: z.string(),
  isBold: z.boolean().optional(),
  isItalic: z.boolean().optional(),
  citations: z.array(z.string()).optional(),
});
export type Run = z.infer<typeof Run>;

/** A block of a report. */
export const ReportBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.int().min(1).max(3), text: z.string() }),
  z.object({ kind: z.literal('paragraph'), runs: z.array(Run) }),
  /** A paragraph set apart at the top, for the one thing a reader must take away. */
  z.object({ kind: z.literal('lead'), runs: z.array(Run) }),
  /** A framed remark of the program itself, for example that the result is partial. */
  z.object({ kind: z.literal('notice'), text: z.string() }),
  z.object({ kind: z.literal('list'), isOrdered: z.boolean(), items: z.array(z.array(Run)) }),
  z.object({
    kind: z.literal('table'),
    header: z.array(z.string()),
    rows: z.array(z.array(z.array(Run))),
  }),
  /** The headings of the report, each with a link to its place. */
  z.object({ kind: z.literal('contents'), title: z.string() }),
  /** What follows begins on a new page, where the format has pages. */
  z.object({ kind: z.literal('page-break') }),
]);
export type ReportBlock = z.infer<typeof ReportBlock>;

/** What a workflow wants to have written, free of any file format; `shared/documents/write` turns it into DOCX and Markdown. */
export const Report = z.object({
  title: z.string(),
  subtitle: z.string().optional(),
  /** Above every page but the first; the title where it is not given. */
  pageHeader: z.string().optional(),
  /** Below every page, before its number. */
  pageFooter: z.string().optional(),
  /** BCP 47 tag, for spelling and direction. */
  language: z.string(),
  blocks: z.array(ReportBlock),
  /** Small print at the end: how it was made, by which provider. */
  colophon: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;
