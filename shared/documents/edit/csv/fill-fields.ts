import { decodeText } from '../../decode-text.ts';
import { detectDialect } from '../../read/csv/dialect.ts';
import { closingMark, cutRecords, type Marks } from '../../read/csv/records.ts';
import { safeText } from '../../write/csv.ts';
import { openEncodedText } from '../text/encoded-text.ts';

/** A text for a field. */
export interface FieldText {
  /** Counts the records with content, from 1, as the reader does. */
  readonly record: number;
  /** From 1. */
  readonly column: number;
  readonly text: string;
}

/**
 * A copy of a CSV file with texts in the fields named, in its own encoding, with its own delimiter and quotes. Other fields stay as they
 * are written; records that do not reach to the last column filled get empty fields, so that all are of one length. A text that a
 * spreadsheet would take for a formula gets an apostrophe before it.
 */
export function fillFields(bytes: Uint8Array, texts: readonly FieldText[]): Uint8Array {
  const { text } = decodeText(bytes);
  const { delimiter, quote } = detectDialect(text);
  const quoted = { delimiter, quote };
  const plain = { delimiter, quote: undefined };
  const filled = fill(text, quoted, texts) ?? fill(text, plain, texts) ?? text;
  const encoded = openEncodedText(bytes);
  if (encoded.text === text) return encoded.encode(filled);
  // An encoding that can be read and not be written.
  return new TextEncoder().encode(`\ufeff${filled}`);
}

/** `undefined` where a quotation mark has no partner. */
function fill(text: string, marks: Marks, texts: readonly FieldText[]): string | undefined {
  const width = Math.max(0, ...texts.map(({ column }) => column));
  const byRecord = new Map<number, FieldText[]>();
  for (const each of texts) byRecord.set(each.record, [...(byRecord.get(each.record) ?? []), each]);
  const pieces: string[] = [];
  let written = 0;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  let record = 0;
  const isComplete = cutRecords(text, marks, (fields, _, end) => {
    if (fields.some((field) => field !== '')) {
      record += 1;
      const own = fieldsOf(text.slice(start, end), marks);
      while (own.length < width) own.push('');
      for (const { column, text: wanted } of byRecord.get(record) ?? []) {
        own[column - 1] = writeField(wanted, marks);
      }
      pieces.push(text.slice(written, start), own.join(marks.delimiter));
      written = end;
    }
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  });
  return isComplete ? pieces.join('') + text.slice(written) : undefined;
}

/** The fields of a record as they are written. */
function fieldsOf(record: string, { delimiter, quote }: Marks): string[] {
  const fields: string[] = [];
  let from = 0;
  for (;;) {
    const isQuoted = quote !== undefined && record.startsWith(quote, from);
    const close = isQuoted ? closingMark(record, from + 1, quote) : from - 1;
    const end = record.indexOf(delimiter, close + 1);
    fields.push(record.slice(from, end < 0 ? undefined : end));
    if (end < 0) return fields;
    from = end + 1;
  }
}

/** Where quotation marks are text, nothing can hold a line end or a delimiter: a space stands for each. */
function writeField(text: string, { delimiter, quote }: Marks): string {
  const safe = safeText(text).replace(/\r\n?/g, '\n');
  if (quote === undefined) return safe.replaceAll('\n', ' ').replaceAll(delimiter, ' ');
  // Also around signs that would make another program guess another delimiter.
  const needsQuotes = safe.includes(quote) || /[,;\t|\n"]|^\s|\s$/.test(safe);
  return needsQuotes ? quote + safe.replaceAll(quote, quote + quote) + quote : safe;
}
