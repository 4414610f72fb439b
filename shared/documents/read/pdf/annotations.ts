import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Box, boxOf, type Matrix } from './geometry.ts';

/** What lies upon a page and is not part of its text. */
export interface PageAnnotations {
  readonly links: readonly { readonly box: Box; readonly target: string }[];
  /** What somebody remarked, for example in a note or beside a marked passage. */
  readonly remarks: readonly PageRemark[];
  /** Filled-in fields and text boxes: they are read where they stand. */
  readonly texts: readonly PlacedText[];
  readonly files: readonly { readonly name: string; readonly id: string }[];
}

export interface PageRemark {
  readonly box: Box;
  readonly text: string;
  readonly author: string | undefined;
  readonly isHidden: boolean;
}

export interface PlacedText {
  readonly box: Box;
  readonly text: string;
  readonly size: number | undefined;
  readonly isHidden: boolean;
}

const maxAnnotations = 20_000;
/** Bits of an annotation's flags: invisible, hidden, not shown (ISO 32000-2, table 167). */
const hiddenFlags = 1 | 2 | 32;

/** Reads the annotations of a page; `viewport` turns places into those of the page as shown. */
export async function annotationsOf(
  page: PDFPageProxy,
  viewport: Matrix,
): Promise<PageAnnotations> {
  const annotations: readonly unknown[] = await page.getAnnotations({ intent: 'any' });
  const found = {
    links: [] as { box: Box; target: string }[],
    remarks: [] as PageRemark[],
    texts: [] as PlacedText[],
    files: [] as { name: string; id: string }[],
  };
  for (const annotation of annotations.slice(0, maxAnnotations)) {
    const data = recordOf(annotation);
    const box = boxOf(viewport, numbersOf(data['rect']));
    const isHidden = (Number(data['annotationFlags'] ?? 0) & hiddenFlags) !== 0;
    addTo(found, data, { box, isHidden });
  }
  return found;
}

type Found = {
  links: { box: Box; target: string }[];
  remarks: PageRemark[];
  texts: PlacedText[];
  files: { name: string; id: string }[];
};
type Data = Readonly<Record<string, unknown>>;

function addTo(found: Found, data: Data, place: { box: Box; isHidden: boolean }): void {
  const contents = stringOf(recordOf(data['contentsObj'])['str']);
  switch (data['subtype']) {
    case 'Link': {
      const target = stringOf(data['url']) || stringOf(data['unsafeUrl']);
      if (target !== '') found.links.push({ box: place.box, target });
      return;
    }
    case 'Widget': {
      const text = fieldText(data);
      if (text !== '') found.texts.push({ ...place, text, size: sizeOf(data) });
      return;
    }
    case 'FreeText':
      if (contents !== '') found.texts.push({ ...place, text: contents, size: sizeOf(data) });
      return;
    case 'Popup':
      // Its text is that of the annotation it belongs to.
      return;
    case 'FileAttachment': {
      const file = recordOf(data['file']);
      const id = stringOf(data['fileId']);
      const name = stringOf(file['filename']) || 'attachment';
      found.files.push({ name, id });
      break;
    }
  }
  if (contents === '') return;
  const author = stringOf(recordOf(data['titleObj'])['str']);
  found.remarks.push({ ...place, text: contents, author: author === '' ? undefined : author });
}

/** What a field holds as a reader sees it: text, choices, a tick. */
function fieldText(data: Data): string {
  const value = data['fieldValue'];
  if (data['checkBox'] === true || data['radioButton'] === true) {
    const own = stringOf(data['exportValue']) || stringOf(data['buttonValue']);
    return typeof value === 'string' && value !== 'Off' && value === own ? '☒' : '';
  }
  if (data['password'] === true || data['fieldType'] === 'Sig') return '';
  const values = Array.isArray(value) ? value : [value];
  return values
    .map((each) => choiceText(data['options'], stringOf(each)))
    .filter((each) => each !== '')
    .join(', ');
}

/** A list shows another text than the value that it keeps. */
function choiceText(options: unknown, value: string): string {
  if (!Array.isArray(options)) return value;
  const option = options.map(recordOf).find((each) => each['exportValue'] === value);
  return stringOf(option?.['displayValue']) || value;
}

function sizeOf(data: Data): number | undefined {
  const size = Number(recordOf(data['defaultAppearanceData'])['fontSize']);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

function recordOf(value: unknown): Data {
  return typeof value === 'object' && value !== null ? (value as Data) : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
