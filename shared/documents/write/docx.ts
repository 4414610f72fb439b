import { Document, FootnoteReferenceRun, Packer, type Paragraph, TextRun } from 'docx';
import type { Citation } from '#shared/domain/citation.ts';
import type { Report } from '#shared/domain/report.ts';
import { citationFinder, footnoteText } from './cited.ts';
import { cleanText } from './clean-text.ts';
import { createBlockWriter } from './docx/blocks.ts';
import { lists } from './docx/lists.ts';
import { page, textWidth as pageTextWidth } from './docx/measures.ts';
import { footerOf, headerOf } from './docx/running-heads.ts';
import { settlePackage } from './docx/settle-package.ts';
import { reportStyles, styleIds } from './docx/styles.ts';
import { type Cite, paragraphOf, type TextContext } from './docx/text.ts';
import { typographyOf } from './script.ts';

/**
 * Writes a report as a Word document. Every citation of a run becomes a footnote. The same report gives the same bytes, so that a
 * step that runs again writes the same file.
 */
export async function writeDocx(
  report: Report,
  citations: readonly Citation[],
): Promise<Uint8Array> {
  return settlePackage(await packReport(report, citations), typographyOf(report.language));
}

/** What a report is written with where it is not a document of its own. */
export interface PackOptions {
  /** Between the margins, in twentieths of a point. */
  readonly textWidth?: number;
  /** Title and subtitle stand above the blocks. */
  readonly hasTitle?: boolean;
}

/** The report as a Word document whose bytes still depend on the time. */
export async function packReport(
  report: Report,
  citations: readonly Citation[],
  { textWidth = pageTextWidth, hasTitle = true }: PackOptions = {},
): Promise<Uint8Array> {
  const typography = typographyOf(report.language);
  const context = { typography, textWidth };
  const footnotes = createFootnotes(citations, context);
  const textContext = { ...context, cite: footnotes.cite };
  const blocks = createBlockWriter(textContext);
  const title = cleanText(report.title);
  const children = [
    ...(hasTitle ? titleBlock(report, textContext) : []),
    ...report.blocks.flatMap((block) => blocks.write(block)),
    ...colophon(report, textContext),
  ];
  const footer = footerOf(cleanText(report.pageFooter ?? ''), typography);
  const header = cleanText(report.pageHeader ?? report.title);
  const document = new Document({
    title,
    ...(report.subtitle === undefined ? {} : { subject: cleanText(report.subtitle) }),
    creator: 'Quire',
    lastModifiedBy: 'Quire',
    styles: reportStyles(typography),
    numbering: { config: [lists.bullets, lists.numbers] },
    footnotes: footnotes.notes,
    sections: [
      {
        properties: { page, titlePage: true },
        headers: { default: headerOf(header, typography) },
        footers: { default: footer, first: footer },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

interface Footnotes {
  readonly cite: Cite;
  /** Grows while the blocks are written; complete when they all are. */
  readonly notes: Record<string, { children: Paragraph[] }>;
}

function createFootnotes(
  citations: readonly Citation[],
  surroundings: Omit<TextContext, 'cite'>,
): Footnotes {
  const find = citationFinder(citations);
  const notes: Footnotes['notes'] = {};
  const context: TextContext = { ...surroundings, cite: () => [] };
  let count = 0;
  const add = (id: string): FootnoteReferenceRun => {
    const text = footnoteText(find(id));
    count += 1;
    notes[count] = {
      children: [paragraphOf([{ text: ` ${text}` }], { style: styleIds.footnote }, context)],
    };
    return new FootnoteReferenceRun(count);
  };
  return {
    notes,
    cite: (ids) =>
      // Two marks side by side would read as one number.
      ids.flatMap((id, index) =>
        index === 0 ? [add(id)] : [new TextRun({ text: ', ', superScript: true }), add(id)],
      ),
  };
}

function titleBlock(report: Report, context: TextContext): Paragraph[] {
  const title = paragraphOf([{ text: report.title }], { style: styleIds.title }, context);
  if (report.subtitle === undefined) return [title];
  const subtitle = [{ text: report.subtitle }];
  return [title, paragraphOf(subtitle, { style: styleIds.subtitle }, context)];
}

function colophon(report: Report, context: TextContext): Paragraph[] {
  return report.colophon.map((text, index) => {
    const style = index === 0 ? styleIds.colophonStart : styleIds.colophon;
    return paragraphOf([{ text }], { style }, context);
  });
}
