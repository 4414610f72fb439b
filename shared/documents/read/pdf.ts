import type { DocumentWarning, HiddenText, SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList, type UnitList } from '../unit-list.ts';
import { filesIn } from './pdf/attachments.ts';
import { blocksOf, type PageLines, type PdfBlock, typeScaleOf } from './pdf/blocks.ts';
import { detailsOf, layOut, placeOf, type TableCount } from './pdf/layout.ts';
import { rowsOf } from './pdf/lines.ts';
import { linksIn } from './pdf/links.ts';
import { type Margins, marginsOf } from './pdf/margins.ts';
import { type PdfPage, readPage } from './pdf/page.ts';
import { openPdf, type PDFDocumentProxy } from './pdf/pdfjs.ts';
import { type StreamSurvey, surveyStreams } from './pdf/streams.ts';

const maxPages = 5_000;
/** More pages without text than this are told in one warning. */
const pagesToldOneByOne = 50;

/**
 * Reads a PDF with a text layer (ISO 32000-2): lines in reading order, column by column; headings by the file's own structure or by
 * size and weight; rows of tables by rules or alignment; notes, links, remarks, filled-in fields and embedded files. Running headers
 * and footers are units once. Boxes are in points from the lower left corner of the page as shown.
 */
export async function readPdf({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const survey = surveyStreams(bytes);
  const pdf = await openPdf(bytes);
  try {
    const pages = await readPages(pdf, survey);
    const margins = marginsOf(pages);
    const laidOut = pages.map((page) => ({ page, lines: layOut(page, margins.runs) }));
    const list = createUnitList(documentId);
    addUnits(list, laidOut, margins);
    const hidden = hiddenIn(pages);
    const attachments = await filesIn(pdf, pages);
    const emptyPages = pages.filter((page) => !hasText(page)).map((page) => page.number);
    const hasOther = attachments.files.length + list.units.length > 0;
    if (emptyPages.length === pages.length && !hasOther) throw withoutText(pages.length);
    const title =
      (await declaredTitle(pdf)) ?? list.units.find((unit) => unit.kind === 'heading')?.text;
    return {
      ...(title === undefined ? {} : { title }),
      pageCount: pages.length,
      units: list.units,
      hidden,
      warnings: [
        ...emptyPageWarnings(emptyPages),
        ...countWarnings({ margins, hidden, survey }),
        ...attachments.warnings,
      ],
      attachments: attachments.files,
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function readPages(pdf: PDFDocumentProxy, survey: StreamSurvey): Promise<PdfPage[]> {
  if (pdf.numPages > maxPages) {
    throw new QuireError(
      'file_too_large',
      `Expected at most ${maxPages} pages, got ${pdf.numPages}. Split the file.`,
      {
        details: { limit: maxPages, actual: pdf.numPages },
      },
    );
  }
  const labels = await pdf.getPageLabels().catch(() => null);
  const layers = await pdf.getOptionalContentConfig();
  const reader = { pdf, survey, labels, layers, fonts: new Map<string, boolean>() };
  const pages: PdfPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    pages.push(await readPage(reader, number));
  }
  return pages;
}

function hasText({ runs, turned }: PdfPage): boolean {
  return runs.length + turned.length > 0;
}

interface LaidOut {
  readonly page: PdfPage;
  readonly lines: PageLines;
}

function addUnits(list: UnitList, laidOut: readonly LaidOut[], margins: Margins): void {
  const scale = typeScaleOf(laidOut.flatMap(({ lines }) => lines.lines));
  const count: TableCount = { table: 0, row: 0 };
  for (const { page, lines } of laidOut) {
    const own = margins.first.filter((each) => each.page === page.number);
    const addMargins = (kind: 'page-header' | 'page-footer') => {
      for (const { line } of own.filter((each) => each.kind === kind)) {
        const block = { kind, text: line.text, line: 1, runs: line.runs };
        addUnit(list, page, { block, count });
      }
    };
    addMargins('page-header');
    for (const block of blocksOf(lines, scale)) addUnit(list, page, { block, count });
    addMargins('page-footer');
    addRemarks(list, page);
  }
}

function addUnit(
  list: UnitList,
  page: PdfPage,
  { block, count }: { block: PdfBlock; count: TableCount },
): void {
  const { kind, text, line, runs } = block;
  const box = placeOf(runs, page);
  const links = linksIn(text, runs, page.annotations.links);
  list.add({
    kind,
    text,
    ...detailsOf(block, count),
    ...(links.length === 0 ? {} : { links }),
    place: { ...pageOf(page), line, ...(box === undefined ? {} : { box }) },
  });
}

/** Remarks come behind the text of their page, on the line at whose height they are pinned or the first. */
function addRemarks(list: UnitList, page: PdfPage): void {
  for (const { text, author, box, isHidden } of page.annotations.remarks) {
    if (isHidden) continue;
    list.add({
      kind: 'comment',
      text,
      ...(author === undefined ? {} : { author }),
      place: {
        ...pageOf(page),
        line: 1,
        box: [box.left, page.height - box.bottom, box.right, page.height - box.top],
      },
    });
  }
}

function pageOf({ number, label }: PdfPage) {
  return { kind: 'pdf' as const, page: number, ...(label === undefined ? {} : { label }) };
}

/** Lines of hidden text, and what fields and remarks that are not shown hold. */
function hiddenIn(pages: readonly PdfPage[]): HiddenText[] {
  return pages.flatMap((page) => {
    const lines = rowsOf(page.hidden).map((line) => ({
      text: line.text,
      box: placeOf(line.runs, page),
    }));
    const others = [...page.annotations.remarks, ...page.annotations.texts]
      .filter((each) => each.isHidden)
      .map(({ text }) => ({ text, box: undefined }));
    return [...lines, ...others].flatMap(({ text: raw, box }, index): HiddenText[] => {
      const text = collapseWhiteSpace(raw);
      if (text === '') return [];
      const place = { ...pageOf(page), line: index + 1, ...(box === undefined ? {} : { box }) };
      return [{ text, locator: { ...place, headingPath: [] } }];
    });
  });
}

async function declaredTitle(pdf: PDFDocumentProxy): Promise<string | undefined> {
  const metadata = await pdf.getMetadata().catch(() => undefined);
  const info: unknown = metadata?.info;
  const title =
    typeof info === 'object' && info !== null && 'Title' in info ? info.Title : undefined;
  const text = typeof title === 'string' ? collapseWhiteSpace(title) : '';
  return text === '' || /\.(docx?|tex|dvi|indd)$/i.test(text) ? undefined : text;
}

function emptyPageWarnings(pages: readonly number[]): DocumentWarning[] {
  const single = pages.slice(0, pagesToldOneByOne).map(
    (page): DocumentWarning => ({
      code: 'page-without-text',
      message: `Page ${page} has no text layer and was not read.`,
      count: 1,
      locator: { kind: 'pdf', page, line: 1, headingPath: [] },
    }),
  );
  const others = pages.slice(pagesToldOneByOne);
  if (others.length === 0) return single;
  const message = `These pages have no text layer either: ${others.join(', ')}.`;
  return [...single, { code: 'page-without-text', message, count: others.length }];
}

function countWarnings(found: {
  margins: Margins;
  hidden: readonly HiddenText[];
  survey: StreamSurvey;
}): DocumentWarning[] {
  const counts = [
    [
      'repeated-header',
      found.margins.repeated,
      'Running headers and footers are read once; the repetitions were left out.',
    ],
    ['hidden-text', found.hidden.length, 'Text that the pages do not show is kept apart.'],
    ['image', found.survey.images, 'Text within pictures was not read.'],
  ] as const;
  return counts
    .filter(([, count]) => count > 0)
    .map(([code, count, message]) => ({ code, message, count }));
}

function withoutText(pages: number): QuireError {
  return new QuireError(
    'no_text_layer',
    `Expected a PDF with a text layer; none of its ${pages} pages has one. Run text recognition (OCR) over it and send the result.`,
    { details: { pages } },
  );
}
