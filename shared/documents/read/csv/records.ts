import { sheetLimits } from '../../limits.ts';
import { refuseComplex } from '../../refuse-complex.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';

export interface Marks {
  /** One character. */
  readonly delimiter: string;
  /** One character; `undefined` where quotation marks are text. */
  readonly quote: string | undefined;
}

/** Called with the fields of a record, white space collapsed, the line on which it begins, from 1, and the place behind its last field. */
export type OnRecord = (fields: string[], line: number, end: number) => void;

/**
 * Cuts delimited text into records (RFC 4180), whatever ends its lines. A quoted field holds what stands between its marks, two marks for
 * one. What the standard has no rule for is kept as it stands: marks within a field that does not begin with one, and marks around
 * only a part of a field. The answer is whether every mark that opens a field has a partner; from one without it on there are no records.
 * More fields than twice the cells of {@link sheetLimits}, empty ones counted, are refused with `file_too_complex`.
 */
export function cutRecords(text: string, marks: Marks, onRecord: OnRecord): boolean {
  const cutter = createFieldCutter(text, marks);
  const delimiter = marks.delimiter.charCodeAt(0);
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let delimiters = 0;
  while (at < text.length) {
    let end = cutter.cut(at);
    while (text.charCodeAt(end) === delimiter) {
      delimiters += 1;
      refuseComplex('fields', delimiters, sheetLimits.cells * 2);
      end = cutter.cut(end + 1);
    }
    if (end < 0) return false;
    const { fields, lineBreaks } = cutter.take();
    onRecord(fields, line, end);
    line += lineBreaks + 1;
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return true;
}

const lineFeed = 10;
const carriageReturn = 13;

function createFieldCutter(text: string, { delimiter, quote }: Marks) {
  const delimiterCode = delimiter.charCodeAt(0);
  const quoteCode = quote?.charCodeAt(0);
  let fields: string[] = [];
  let lineBreaks = 0;

  /** Place of the delimiter or line end behind the field. */
  const endFrom = (from: number): number => {
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === delimiterCode || code === lineFeed || code === carriageReturn) break;
    }
    return at;
  };
  const cutQuoted = (from: number, mark: string): number => {
    const close = closingMark(text, from + 1, mark);
    if (close < 0) return close;
    const end = endFrom(close + 1);
    const quoted = text.slice(from + 1, close);
    const content = quoted.includes(mark) ? quoted.replaceAll(mark + mark, mark) : quoted;
    const field = end === close + 1 ? content : mark + content + text.slice(close, end);
    lineBreaks += lineBreaksIn(quoted);
    fields.push(collapseWhiteSpace(field));
    return end;
  };

  return {
    /** Cuts the field that begins there and gives the place behind it; −1 where its mark has no partner. */
    cut(from: number): number {
      if (quote !== undefined && text.charCodeAt(from) === quoteCode) return cutQuoted(from, quote);
      const end = endFrom(from);
      fields.push(collapseWhiteSpace(text.slice(from, end)));
      return end;
    },
    /** The fields since the last call, and how many lines ended within them. */
    take() {
      const taken = { fields, lineBreaks };
      fields = [];
      lineBreaks = 0;
      return taken;
    },
  };
}

/** Place of the mark that closes a field; −1 where there is none. Two marks in a row are one that is text. */
export function closingMark(text: string, from: number, mark: string): number {
  let at = text.indexOf(mark, from);
  while (at >= 0 && text.startsWith(mark, at + 1)) at = text.indexOf(mark, at + 2);
  return at;
}

function lineBreaksIn(text: string): number {
  return /[\r\n]/.test(text) ? text.split(/\r\n?|\n/).length - 1 : 0;
}
