import type { XmlAttributes } from '../../xml-walk.ts';

/** Gathers the paragraphs of one holder of text: a cell, a remark, a shape, a page header (ODF 1.3 part 3, 6.1). */
export interface TextSink {
  open(name: string, attributes: XmlAttributes): void;
  add(text: string): void;
  close(name: string): void;
  /** Paragraphs with text, in order. */
  readonly paragraphs: readonly string[];
  /** Whether a field of a printed page was among them. */
  readonly hasPrintField: () => boolean;
  /** Address of the first hyperlink. */
  readonly link: () => string | undefined;
}

/** Fields whose value is only known when a page is printed; what the file holds is a stand-in. */
const printFields: ReadonlySet<string> = new Set(
  ['sheet-name', 'page-number', 'page-count', 'date', 'time', 'title', 'file-name'].map(
    (field) => `text:${field}`,
  ),
);

const spaces: ReadonlySet<string> = new Set(['text:s', 'text:tab', 'text:line-break']);

function isParagraph(name: string): boolean {
  return name === 'text:p' || name === 'text:h';
}

export function createTextSink(): TextSink {
  const paragraphs: string[] = [];
  let current: string | undefined;
  let fieldDepth = 0;
  let hasPrintField = false;
  let link: string | undefined;
  return {
    hasPrintField: () => hasPrintField,
    paragraphs,
    link: () => link,
    open(name, attributes) {
      if (isParagraph(name)) current = '';
      if (spaces.has(name) && current !== undefined) current += ' ';
      if (name === 'text:a') link ??= attributes['xlink:href'];
      if (!printFields.has(name)) return;
      fieldDepth += 1;
      hasPrintField = true;
    },
    add(text) {
      if (current !== undefined && fieldDepth === 0) current += text;
    },
    close(name) {
      if (printFields.has(name)) fieldDepth -= 1;
      if (!isParagraph(name)) return;
      if (current !== undefined && current.trim() !== '') paragraphs.push(current);
      current = undefined;
    },
  };
}
