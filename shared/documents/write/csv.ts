import type { Citation } from '#shared/domain/citation.ts';
import type { Cell, Sheet } from '#shared/domain/workbook.ts';
import { citationFinder, type FindCitation, shownPart } from './cited.ts';
import { createWarningTally } from './written-file.ts';
import { createFormulaWriter, type FormulaWriter } from './xlsx/formulas.ts';
import { layOut, type SheetLayout } from './xlsx/layout.ts';
import { excelLimits } from './xlsx/limits.ts';

export interface CsvOptions {
  /** Default: a comma, as RFC 4180 has it. Excel expects a semicolon where the comma is the decimal sign. */
  readonly delimiter?: ',' | ';' | '\t';
  /** Without one, Excel takes UTF-8 for something else. Default: yes. */
  readonly hasByteOrderMark?: boolean;
}

/**
 * Writes the table of a sheet as CSV (RFC 4180, UTF-8): the header and the rows, without notes and totals. Numbers are written with a
 * point and in full, dates as ISO 8601, formulas as their value, and links as their text.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe before it: one that begins, white space apart, with `=`, `+`,
 * `-` or `@`, also in their wide forms, or with a tab or a carriage return. Cells that hold a number are never changed, so `-5` stays
 * a number while the text `-5` becomes `'-5`. Whoever opens the file with another delimiter than its own is not protected.
 */
export function writeCsv(
  sheet: Sheet,
  citations: readonly Citation[] = [],
  { delimiter = ',', hasByteOrderMark = true }: CsvOptions = {},
): Uint8Array {
  const [layout] = layOut(
    { title: '', language: 'en', sheets: [sheet] },
    { ...excelLimits, rows: Number.MAX_SAFE_INTEGER },
    createWarningTally(),
  );
  const context = {
    find: citationFinder(citations),
    formulas: createFormulaWriter(layout === undefined ? [] : [layout]),
    layout,
  };
  const lines = [sheet.columns.map(({ title }) => safeText(title))];
  for (const [row, cells] of sheet.rows.entries()) {
    lines.push(sheet.columns.map((_, column) => fieldOf(cells[column], row, context)));
  }
  const text = lines.map((fields) => lineOf(fields, delimiter)).join('');
  return new TextEncoder().encode(hasByteOrderMark ? `\ufeff${text}` : text);
}

interface FieldContext {
  readonly find: FindCitation;
  readonly formulas: FormulaWriter;
  readonly layout: SheetLayout | undefined;
}

function fieldOf(cell: Cell | undefined, row: number, context: FieldContext): string {
  switch (cell?.kind) {
    case 'number':
      return String(cell.value);
    case 'boolean':
      return String(cell.value);
    case 'date':
      return cell.date;
    case 'datetime':
      return cell.datetime;
    case 'formula': {
      const { formulas, layout } = context;
      if (layout === undefined) return '';
      return String(formulas.write(cell.formula, { layout, row }).value ?? '');
    }
    case 'text':
    case 'link':
      return safeText(cell.text);
    case 'citation':
      return safeText(shownPart(context.find(cell.id), cell.show));
    case 'empty':
    case undefined:
      return '';
  }
}

const formulaStart = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/;

/** A text that no spreadsheet takes for a formula. */
export function safeText(text: string): string {
  // A zero byte ends a text for many programs that read CSV.
  const whole = text.replaceAll('\0', '');
  return formulaStart.test(whole) ? `'${whole}` : whole;
}

/** Lines end as RFC 4180 says. White space at either end of a field is part of it, which many readers believe only in quotes. */
function lineOf(fields: readonly string[], delimiter: string): string {
  const written = fields.map((field) =>
    /[",;\t\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  // A line of one empty field would be no record at all.
  const line = written.join(delimiter);
  return `${line === '' ? '""' : line}\r\n`;
}
