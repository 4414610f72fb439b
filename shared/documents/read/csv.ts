import type { SourceFile } from '#shared/domain/document.ts';
import { decodeText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { type Dialect, detectDialect } from './csv/dialect.ts';
import { isHeaderRecord } from './csv/header.ts';
import { cutRecords, type Marks } from './csv/records.ts';
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
  const { text, guessed } = decodeText(bytes);
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
function readRecords(text: string, { delimiter, quote }: Dialect, notices: Notices): CsvRecord[] {
  const records = collectRecords(text, { delimiter, quote });
  if (records !== undefined) return records;
  const message = 'A quotation mark has no partner; all of them are read as text.';
  notices.add({ code: 'malformed', message });
  return collectRecords(text, { delimiter, quote: undefined }) ?? [];
}

/** `undefined` where a quotation mark has no partner. */
function collectRecords(text: string, marks: Marks): CsvRecord[] | undefined {
  const budget = createSheetBudget();
  const records: CsvRecord[] = [];
  const isComplete = cutRecords(text, marks, (fields, line) => {
    const cells = trimmed(fields);
    if (cells.length === 0) return;
    budget.spend(
      cells.length,
      cells.reduce((sum, cell) => sum + cell.length, 0),
    );
    records.push({ cells, line, fieldCount: fields.length });
  });
  return isComplete ? records : undefined;
}

/** Without empty fields at the end, which spreadsheets write to make records equally long. */
function trimmed(cells: string[]): string[] {
  if (cells.at(-1) !== '') return cells;
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
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
