import type { XmlAttributes } from '../../xml-walk.ts';

/**
 * The paragraphs of one holder of text: a cell, a remark, a shape, a page header (ODF 1.3 part 3, 6.1). Plain data that functions add to,
 * as there is one for every cell.
 */
export interface TextSink {
  /** Paragraphs with text, in order. */
  readonly paragraphs: string[];
  /** Whether a field of a printed page was among them. */
  hasPrintField: boolean;
  /** Address of the first hyperlink. */
  link: string | undefined;
  /** Text of the paragraph that is open. */
  current: string | undefined;
  fieldDepth: number;
}

/** Fields whose value is only known when a page is printed; what the file holds is a stand-in. */
const printFields: ReadonlySet<string> = new Set(
  ['sheet-name', 'page-number', 'page-count', 'date', 'time', 'title', 'file-name'].map(
    (field) => `text:${field}`,
  ),
);

const spaces: ReadonlySet<string> = new Set(['text:s', 'text:tab', 'text:line-break']);

export function createTextSink(): TextSink {
  return {
    paragraphs: [],
    hasPrintField: false,
    link: undefined,
    current: undefined,
    fieldDepth: 0,
  };
}

export function openInSink(sink: TextSink, name: string, attributes: XmlAttributes): void {
  if (isParagraph(name)) {
    sink.current = '';
    return;
  }
  if (sink.current !== undefined && spaces.has(name)) sink.current += ' ';
  if (name === 'text:a') sink.link ??= attributes['xlink:href'];
  if (!printFields.has(name)) return;
  sink.fieldDepth += 1;
  sink.hasPrintField = true;
}

export function addToSink(sink: TextSink, text: string): void {
  if (sink.current !== undefined && sink.fieldDepth === 0) sink.current += text;
}

export function closeInSink(sink: TextSink, name: string): void {
  if (printFields.has(name)) sink.fieldDepth -= 1;
  if (!isParagraph(name)) return;
  if (sink.current !== undefined && sink.current.trim() !== '') sink.paragraphs.push(sink.current);
  sink.current = undefined;
}

function isParagraph(name: string): boolean {
  return name === 'text:p' || name === 'text:h';
}
