import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentWarning, SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList } from '../unit-list.ts';
import { blocksOf, type PdfBlock, typeScaleOf } from './pdf/blocks.ts';
import { linesOf, type TextLine, type TextRun } from './pdf/lines.ts';
import { openPdf } from './pdf/pdfjs.ts';

const maxPages = 5_000;
/** Most lines at the top and bottom of a page that may be a running header or footer. */
const marginLines = 2;

interface Page {
  readonly number: number;
  readonly lines: readonly TextLine[];
}

/** Reads a PDF with a text layer: lines by position, headings by size, rows by alignment; running headers and footers are left out. */
export async function readPdf({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const pdf = await openPdf(bytes);
  try {
    const pages = await readPages(pdf);
    const emptyPages = pages.filter((page) => page.lines.length === 0).map((page) => page.number);
    if (emptyPages.length === pages.length) throw withoutText(pages.length);
    const { kept, dropped } = withoutMargins(pages);
    const scale = typeScaleOf(kept.flatMap((page) => page.lines));
    const list = createUnitList(documentId);
    const tables = { count: 0, row: 0 };
    for (const page of kept) {
      for (const block of blocksOf(page.lines, scale)) {
        countRow(block, tables);
        list.add({
          ...unitOf(block, tables),
          place: { kind: 'pdf', page: page.number, line: block.line },
        });
      }
    }
    const title =
      (await declaredTitle(pdf)) ?? list.units.find((unit) => unit.kind === 'heading')?.text;
    return {
      ...(title === undefined ? {} : { title }),
      pageCount: pages.length,
      units: list.units,
      warnings: warningsOf(emptyPages, dropped),
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function readPages(pdf: PDFDocumentProxy): Promise<Page[]> {
  if (pdf.numPages > maxPages) {
    throw new QuireError(
      'file_too_large',
      `Expected at most ${maxPages} pages, got ${pdf.numPages}. Split the file.`,
      {
        details: { limit: maxPages, actual: pdf.numPages },
      },
    );
  }
  const pages: Page[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    pages.push({ number, lines: await readLines(page) });
    page.cleanup();
  }
  return pages;
}

async function readLines(page: PDFPageProxy): Promise<TextLine[]> {
  const { width, height } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const runs = content.items.flatMap((item): TextRun[] => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , shear = 0, scale = 0, left = 0, bottom = 0] = item.transform as number[];
    const size = Math.hypot(shear, scale);
    const style = content.styles[item.fontName];
    const isBold = /bold|black|semibold/i.test(`${item.fontName} ${style?.fontFamily ?? ''}`);
    return [{ text: item.str, left, right: left + item.width, top: height - bottom, size, isBold }];
  });
  return linesOf(runs, width).filter((line) => line.text !== '');
}

/** Drops what stands at the edge of most pages, the same but for numbers. */
function withoutMargins(pages: readonly Page[]): { kept: Page[]; dropped: number } {
  if (pages.length < 3) return { kept: [...pages], dropped: 0 };
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const key of new Set(edgesOf(page).map(keyOf)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isRunning = (line: TextLine) =>
    (counts.get(keyOf(line)) ?? 0) >= Math.max(3, pages.length * 0.6);
  let dropped = 0;
  const kept = pages.map((page) => {
    const edges = new Set(edgesOf(page).filter(isRunning));
    dropped += edges.size;
    return { ...page, lines: page.lines.filter((line) => !edges.has(line)) };
  });
  return { kept, dropped };
}

function edgesOf({ lines }: Page): TextLine[] {
  const byHeight = [...lines].sort((a, b) => a.top - b.top);
  return [...byHeight.slice(0, marginLines), ...byHeight.slice(-marginLines)];
}

function keyOf(line: TextLine): string {
  return line.text.replace(/\d+/g, '#');
}

function countRow(block: PdfBlock, tables: { count: number; row: number }): void {
  if (block.kind !== 'table-row') {
    tables.row = 0;
    return;
  }
  if (tables.row === 0) tables.count += 1;
  tables.row += 1;
}

function unitOf(block: PdfBlock, tables: { count: number; row: number }) {
  const { kind, text, level, marker, cells } = block;
  return {
    kind,
    text,
    ...(level === undefined ? {} : { level }),
    ...(marker === undefined ? {} : { marker }),
    ...(cells === undefined
      ? {}
      : {
          table: {
            table: tables.count,
            row: tables.row,
            isHeader: tables.row === 1,
            cells: cells.map(collapseWhiteSpace),
          },
        }),
  };
}

async function declaredTitle(pdf: PDFDocumentProxy): Promise<string | undefined> {
  const metadata = await pdf.getMetadata().catch(() => undefined);
  const info: unknown = metadata?.info;
  const title =
    typeof info === 'object' && info !== null && 'Title' in info ? info.Title : undefined;
  const text = typeof title === 'string' ? collapseWhiteSpace(title) : '';
  return text === '' || /\.(docx?|tex|dvi|indd)$/i.test(text) ? undefined : text;
}

function warningsOf(emptyPages: readonly number[], dropped: number): DocumentWarning[] {
  const warnings: DocumentWarning[] = [];
  if (emptyPages.length > 0) {
    const message = `Pages without a text layer were not read: ${emptyPages.join(', ')}.`;
    warnings.push({ code: 'page-without-text', message, count: emptyPages.length });
  }
  if (dropped > 0) {
    warnings.push({
      code: 'repeated-header',
      message: 'Running headers and footers were left out.',
      count: dropped,
    });
  }
  return warnings;
}

function withoutText(pages: number): QuireError {
  return new QuireError(
    'no_text_layer',
    `Expected a PDF with a text layer; none of its ${pages} pages has one. Run text recognition (OCR) over it and send the result.`,
    { details: { pages } },
  );
}
