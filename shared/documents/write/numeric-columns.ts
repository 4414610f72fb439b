import type { Run } from '#shared/domain/report.ts';

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (readonly Run[])[])[];
}

/** A figure with what may stand around it: sign, currency, unit, brackets for a loss. A dash stands for no figure. */
const figure =
  /^[(+\-−–±~≈<>≤≥]?\s?\p{Sc}?\s?[\d\s.,'’\u00a0\u202f]*\d\s?(?:%|‰|\p{Sc}|\p{L}{1,3})?\)?$|^[–—-]$/u;

/** Number of columns, of a table whose rows may differ. */
export function columnCount({ header, rows }: Table): number {
  return Math.max(header.length, ...rows.map((row) => row.length), 0);
}

/** Text of a cell; empty where the row is shorter. */
export function cellText(table: Table, row: number, column: number): string {
  const runs = table.rows[row]?.[column] ?? [];
  return runs
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** For every column whether it holds figures only; those are aligned to the end. */
export function numericColumns(table: Table): boolean[] {
  return Array.from({ length: columnCount(table) }, (_, column) => {
    const texts = table.rows.map((_row, row) => cellText(table, row, column));
    const filled = texts.filter((text) => text !== '');
    return filled.some((text) => /\d/.test(text)) && filled.every((text) => figure.test(text));
  });
}
