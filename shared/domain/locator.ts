import * as z from 'zod';
import { clockOf } from './time.ts';

const headingPath = z
  .array(z.string())
  .describe('Texts of the headings above the unit, outermost first');

const count = z.int().min(1);

/** Where a unit is in its file, so that a person or a program finds it again. Counts start at 1. */
export const Locator = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['docx', 'odt', 'rtf']).describe('A word processor’s text'),
    part: z.enum(['body', 'header', 'footer', 'footnote', 'endnote', 'comment']),
    paragraph: count.describe('Position among the paragraphs (w:p, text:p and text:h) of the part'),
    story: count.optional().describe('Which of several headers or footers, in the file’s order'),
    page: count.optional().describe('Page as last laid out, where the file says so'),
    headingPath,
  }),
  z.object({
    kind: z.literal('pdf'),
    page: count,
    line: count,
    label: z.string().optional().describe('Page as printed, where it differs: `iv`, `A-3`'),
    box: z
      .tuple([z.number(), z.number(), z.number(), z.number()])
      .optional()
      .describe('Left, bottom, right, top in points from the lower left corner of the page'),
    headingPath,
  }),
  z.object({
    kind: z.literal('sheet').describe('A place in a workbook'),
    sheet: z.string(),
    range: z.string().describe('Cells in A1 notation: `B4`, `A4:F4`'),
    headingPath,
  }),
  z.object({
    kind: z.literal('slide').describe('A place in a presentation'),
    slide: count,
    part: z.enum(['slide', 'notes', 'comments', 'chart', 'diagram']),
    shape: z
      .string()
      .optional()
      .describe(
        'Id of the shape within the slide, as in the file. Of shapes with the same id `7`, the second is `7#2`; in an OpenDocument file, a shape without an id of its own is `#3` if it is the third of its slide',
      ),
    paragraph: count.describe(
      'Position among the paragraphs of the shape or part. Of a chart, titles, series and labels count as paragraphs, in the file’s order, and then those of text boxes drawn on it',
    ),
    headingPath,
  }),
  z.object({
    kind: z.literal('html'),
    element: z.string().describe('Path of element names and positions'),
    headingPath,
  }),
  z.object({ kind: z.literal('text'), line: count, headingPath }),
  z.object({
    kind: z.literal('record').describe('A record of a CSV file, which may span lines'),
    record: count.describe('Position among the records, the header included'),
    line: count.describe('Line on which it begins'),
    headingPath,
  }),
  z.object({
    kind: z.literal('cue').describe('A stretch of a transcript'),
    cue: count,
    startInMs: z.int().min(0).optional(),
    endInMs: z.int().min(0).optional(),
    headingPath,
  }),
  z.object({
    kind: z.literal('message').describe('A place in an e-mail'),
    part: z.enum(['header', 'body']),
    line: count.describe('Line of the body as read, or position among the header fields'),
    headingPath,
  }),
]);
export type Locator = z.infer<typeof Locator>;

/** Words a reader would use for a place: `page 4`, `slide 3`, `Costs!A4:F4`, `00:12:05`, `page 2, section “Findings”`. */
export function describeLocator(locator: Locator): string {
  const place = placeWords(locator);
  const section = locator.headingPath.at(-1);
  if (place !== undefined && (section === undefined || isExact(locator))) return place;
  const parts = [place, section === undefined ? undefined : `section “${section}”`];
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? known.join(', ') : positionWords(locator);
}

/** A cell, a slide or a moment needs no heading to be found. */
function isExact({ kind }: Locator): boolean {
  return kind === 'sheet' || kind === 'slide' || kind === 'cue';
}

/** What a reader can turn to, where the format has such a thing. */
function placeWords(locator: Locator): string | undefined {
  switch (locator.kind) {
    case 'docx':
    case 'odt':
    case 'rtf':
      return locator.page === undefined ? undefined : `page ${locator.page}`;
    case 'pdf':
      return `page ${locator.label ?? locator.page}`;
    case 'sheet':
      return `${locator.sheet}!${locator.range}`;
    case 'slide':
      return `slide ${locator.slide}${locator.part === 'slide' ? '' : `, ${locator.part}`}`;
    case 'cue':
      return locator.startInMs === undefined ? `cue ${locator.cue}` : clockOf(locator.startInMs);
    case 'record':
    case 'message':
    case 'html':
    case 'text':
      return undefined;
  }
}

/** What is left where a file has neither pages nor headings. */
function positionWords(locator: Locator): string {
  switch (locator.kind) {
    case 'docx':
    case 'odt':
    case 'rtf':
      return `${locator.part === 'body' ? '' : `${locator.part} `}paragraph ${locator.paragraph}`;
    case 'html':
      return `element ${locator.element}`;
    case 'record':
      return `record ${locator.record}`;
    case 'message':
      return locator.part === 'header' ? 'message header' : `message, line ${locator.line}`;
    case 'text':
      return `line ${locator.line}`;
    case 'pdf':
    case 'sheet':
    case 'slide':
    case 'cue':
      return placeWords(locator) ?? '';
  }
}
