import { Document, FootnoteReferenceRun, Packer, type Paragraph, TextRun } from 'docx';
import type { Citation } from '#shared/domain/citation.ts';
import type { Report } from '#shared/domain/report.ts';
import { citationFinder, footnoteText } from './cited.ts';
import { cleanText } from './clean-text.ts';
import { createBlockWriter } from './docx/blocks.ts';
import { lists } from './docx/lists.ts';
import { page } from './docx/measures.ts';
import { footerOf, headerOf } from './docx/running-heads.ts';
import { settlePackage } from './docx/settle-package.ts';
import { reportStyles, styleIds } from './docx/styles.ts';
import { type Cite, paragraphOf, type TextContext } from './docx/text.ts';
import { type Typography, typographyOf } from './script.ts';

/**
 * Writes a report as a Word document. Every citation of a run becomes a footnote. The same report gives the same bytes, so that a
 * step that runs again writes the same file.
 */
export async function writeDocx(
  report: Report,
  citations: readonly Citation[],
): Promise<Uint8Array> {
  const typography = typographyOf(report.language);
  const footnotes = createFootnotes(citations, typography);
  const context = { typography, cite: footnotes.cite };
  const blocks = createBlockWriter(context);
  const title = cleanText(report.title);
  const children = [
    ...titleBlock(report, context),
    ...report.blocks.flatMap((block) => blocks.write(block)),
    ...colophon(report, context),
  ];
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
        headers: { default: headerOf(title, typography) },
        footers: { default: footerOf(typography), first: footerOf(typography) },
        children,
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, typography);
}

interface Footnotes {
  readonly cite: Cite;
  /** Grows while the blocks are written; complete when they all are. */
  readonly notes: Record<string, { children: Paragraph[] }>;
}

function createFootnotes(citations: readonly Citation[], typography: Typography): Footnotes {
  const find = citationFinder(citations);
  const notes: Footnotes['notes'] = {};
  const context: TextContext = { typography, cite: () => [] };
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
