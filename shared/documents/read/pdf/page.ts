import { QuireError } from '#shared/domain/errors.ts';
import { annotationsOf, type PageAnnotations, type PlacedText } from './annotations.ts';
import { type Box, type Matrix, matrixOf } from './geometry.ts';
import { type Graphics, graphicsOf } from './graphics.ts';
import { rowsOf, type TextRun } from './lines.ts';
import {
  AnnotationMode,
  type OptionalContentConfig,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from './pdfjs.ts';
import { type RawRun, runsOf } from './runs.ts';
import type { StreamSurvey } from './streams.ts';
import { headingLevelsOf } from './structure.ts';
import { sortByVisibility } from './visibility.ts';

/** A page as read, before its text is put in order. */
export interface PdfPage {
  readonly number: number;
  readonly label: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
  /** Text that is turned by a quarter, as it reads when the page is turned. */
  readonly turned: readonly (readonly TextRun[])[];
  readonly rules: readonly Box[];
  readonly hidden: readonly TextRun[];
  readonly annotations: PageAnnotations;
}

/** What holds for all pages of a file. */
export interface PageReader {
  readonly pdf: PDFDocumentProxy;
  readonly survey: StreamSurvey;
  readonly labels: readonly string[] | null;
  readonly layers: OptionalContentConfig;
  /** Whether a font is bold, by the name under which PDF.js knows it. */
  readonly fonts: Map<string, boolean>;
}

/** Nobody reads a page of so many runs; drawings of machines have some ten thousand. */
const maxItems = 200_000;

/** Reads the page of this number (from 1). */
export async function readPage(reader: PageReader, number: number): Promise<PdfPage> {
  const page = await reader.pdf.getPage(number);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const viewport = matrixOf(transform);
  const annotations = await annotationsOf(page, viewport);
  const { items, styles } = await readText(page);
  const levels = await headingLevelsOf(page, items);
  const needed = needsGraphics(reader, items, Object.keys(styles));
  const graphics = needed ? await readGraphics(reader, page, viewport) : undefined;
  if (graphics !== undefined) learnFonts(reader, page, Object.keys(styles));
  page.cleanup();
  const isBold = (font: string) => reader.fonts.get(font) ?? false;
  const all = runsOf(items, { styles, viewport, levels, isBold });
  const size = { width, height };
  const { shown, hidden } = sortByVisibility(all, { ...size, graphics, survey: reader.survey });
  const placed = annotations.texts.filter((text) => !text.isHidden).flatMap(runsOfPlaced);
  const label = reader.labels?.[number - 1];
  return {
    number,
    label: label === undefined || label === String(number) || label === '' ? undefined : label,
    ...size,
    runs: [...shown.filter((run) => run.turn === 0), ...placed],
    turned: [90, 180, 270, 360]
      .map((turn) => shown.filter((run) => run.turn === turn))
      .filter((runs) => runs.length > 0),
    rules: graphics?.rules ?? [],
    hidden,
    annotations,
  };
}

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** Takes the text in pieces, so that a page of millions of them is refused before it fills the memory. */
async function readText(page: PDFPageProxy): Promise<Pick<TextContent, 'items' | 'styles'>> {
  const stream: ReadableStream<TextContent> = page.streamTextContent({
    includeMarkedContent: true,
  });
  const items: TextContent['items'] = [];
  const styles: TextContent['styles'] = {};
  const chunks = stream.getReader();
  for (let chunk = await chunks.read(); !chunk.done; chunk = await chunks.read()) {
    for (const item of chunk.value.items) items.push(item);
    Object.assign(styles, chunk.value.styles);
    if (items.length <= maxItems) continue;
    await chunks.cancel(new Error('Too many items.'));
    throw new QuireError(
      'file_too_complex',
      `Expected at most ${maxItems} pieces of text on a page, got more. Print the file to a new PDF and send that.`,
      { details: { limit: maxItems } },
    );
  }
  return { items, styles };
}

/**
 * The list of operators costs about as much as the text itself. It is asked for where it can tell something: of fonts not seen yet
 * whether they are bold, of a file that can hide text what is hidden, of a page with text in columns where its rules are.
 */
function needsGraphics(
  { survey, layers, fonts }: PageReader,
  items: TextContent['items'],
  fontNames: readonly string[],
): boolean {
  const hasLayerOff = [...layers].some(([, group]) => group.visible === false);
  if (survey.mayHideText || hasLayerOff) return items.length > 0;
  return fontNames.some((name) => !fonts.has(name)) || hasColumns(items);
}

/** Whether two lines at least have parts that stand apart, as the cells of a table do. */
function hasColumns(items: TextContent['items']): boolean {
  const runs = runsOf(items, {
    styles: {},
    viewport: [1, 0, 0, -1, 0, 0],
    levels: new Map(),
    isBold: () => false,
  });
  const rows = rowsOf(runs.filter((run) => run.turn === 0));
  return rows.filter((row) => row.stretches.length > 1).length > 1;
}

async function readGraphics(
  { layers }: PageReader,
  page: PDFPageProxy,
  viewport: Matrix,
): Promise<Graphics> {
  const list = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  return graphicsOf(list, viewport, (group) => layers.isVisible(group));
}

function learnFonts({ fonts }: PageReader, page: PDFPageProxy, names: readonly string[]): void {
  for (const name of names.filter((each) => !fonts.has(each))) {
    const font: unknown = page.commonObjs.has(name) ? page.commonObjs.get(name) : undefined;
    fonts.set(name, isBoldFont(Object(font)));
  }
}

function isBoldFont(font: object): boolean {
  const isHeavy = [Reflect.get(font, 'bold'), Reflect.get(font, 'black')].includes(true);
  return isHeavy || /bold|black|heavy/i.test(String(Reflect.get(font, 'name')));
}

/** A field's text fills its box from the top, line by line. */
function runsOfPlaced({ box, text, size: given }: PlacedText): RawRun[] {
  const lines = text.split(/\r\n?|\n/);
  const height = (box.bottom - box.top) / lines.length;
  const size = Math.max(1, Math.min(given ?? 12, height * 0.8));
  return lines.flatMap((line, index): RawRun[] => {
    if (line.trim() === '') return [];
    const right = Math.min(box.right, box.left + line.length * size * 0.5);
    const baseline = box.top + height * index + (height + size * 0.7) / 2;
    const place = { left: box.left, right, baseline, size };
    return [{ text: line, ...place, isBold: false, isRightToLeft: false, turn: 0, origin: [0, 0] }];
  });
}
