import { parse } from 'csv-parse/sync';
import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { decodeText } from '../decode-text.ts';
import { sheetLimits } from '../limits.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList } from '../unit-list.ts';
import { type Dialect, detectDialect } from './csv/dialect.ts';
import { isHeaderRecord } from './csv/header.ts';
import { createSheetBudget } from './sheet/budget.ts';
import { createNotices, type Notices } from './sheet/notices.ts';
import { guessWarning } from './text.ts';

interface CsvRecord {
  readonly cells: string[];
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Before empty fields at the end were dropped. */
  readonly fieldCount: number;
}

/** Reads delimited text of any dialect and encoding (RFC 4180 and less). Each record with content is a row of one table. */
export async function readCsv({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const { text: decoded, guessed } = decodeText(bytes);
  // The parser would count a line that ends in two characters twice.
  const text = decoded.replace(/\r\n?/g, '\n');
  const notices = createNotices();
  const dialect = detectDialect(text);
  noteDialect(dialect, notices);
  const records = readRecords(text, dialect, notices);
  const isHeader = isHeaderRecord(records.map(({ cells }) => cells));
  noteRagged(records, notices);

  const units = createUnitList(documentId);
  records.forEach(({ cells, line }, index) => {
    units.add({
      kind: 'table-row',
      text: cells.join(' | '),
      table: { table: 1, row: index + 1, isHeader: isHeader && index === 0, cells },
      place: { kind: 'record', record: index + 1, line },
    });
  });
  return { units: units.units, warnings: [...guessWarning(guessed), ...notices.warnings()] };
}

function noteDialect({ delimiter, isAmbiguous }: Dialect, notices: Notices): void {
  if (!isAmbiguous) return;
  const name = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[delimiter] ?? '';
  const message = `Fields were taken to be set apart by ${name}; another sign would fit nearly as well.`;
  notices.add({ code: 'dialect-guessed', message });
}

/** A quotation mark without its partner swallows the rest of the file; then quotation marks are taken for text. */
function readRecords(text: string, dialect: Dialect, notices: Notices): CsvRecord[] {
  try {
    return parseRecords(text, dialect.delimiter, dialect.quote);
  } catch (error) {
    if (!isUnclosedQuote(error)) throw error;
    const message = 'A quotation mark has no partner; all of them are read as text.';
    notices.add({ code: 'malformed', message });
    return parseRecords(text, dialect.delimiter, false);
  }
}

function parseRecords(text: string, delimiter: string, quote: string | false): CsvRecord[] {
  const budget = createSheetBudget();
  refuseTooManyFields(text, delimiter);
  const records: CsvRecord[] = [];
  let lastLine = 0;
  parse(text, {
    bom: true,
    delimiter,
    quote,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: '\n',
    on_record(record: string[], { lines }) {
      const cells = trimmed(record.map(collapseWhiteSpace));
      const line = lastLine + 1;
      lastLine = lines;
      if (cells.length === 0) return null;
      budget.spend(
        cells.length,
        cells.reduce((sum, cell) => sum + cell.length, 0),
      );
      records.push({ cells, line, fieldCount: record.length });
      return null;
    },
  });
  return records;
}

/** Before anything is cut: a record of fifty million fields would be in memory before it could be counted. */
function refuseTooManyFields(text: string, delimiter: string): void {
  let fields = 0;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) fields += 1;
  const limit = sheetLimits.cells * 2;
  if (fields <= limit) return;
  throw new QuireError(
    'file_too_complex',
    `Expected at most ${limit} fields, the file has more. Split it into several files.`,
    { details: { limit } },
  );
}

/** Without empty fields at the end, which spreadsheets write to make records equally long. */
function trimmed(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

/** By its code, as errors may come from another realm. */
function isUnclosedQuote(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'CSV_QUOTE_NOT_CLOSED'
  );
}

/** Where a field is missing or too much, those behind it may stand under the wrong name. */
function noteRagged(records: readonly CsvRecord[], notices: Notices): void {
  const width = records[0]?.fieldCount ?? 0;
  const ragged = records.flatMap(({ fieldCount, line }, index) =>
    fieldCount === width ? [] : [{ record: index + 1, line }],
  );
  const [first] = ragged;
  if (first === undefined) return;
  notices.add({
    code: 'malformed',
    message: 'Records have more or fewer fields than the first; they are read as they stand.',
    count: ragged.length,
    locator: { kind: 'record', ...first, headingPath: [] },
  });
}
