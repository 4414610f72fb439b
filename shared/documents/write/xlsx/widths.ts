import type { Cell, Column, Sheet } from '#shared/domain/workbook.ts';
import { widthOfText } from '../text-width.ts';

const range = { least: 8, most: 60 } as const;
const sampledRows = 500;

/** Width of a column in characters, and whether its texts go on in the next line. */
export interface ColumnLook {
  readonly width: number;
  readonly wrap: boolean;
}

/** What the columns say, else what the first rows need. */
export function columnLooks({ columns, rows }: Sheet): ColumnLook[] {
  return columns.map((column, index) => {
    const texts = rows.slice(0, sampledRows).map((row) => shownLength(row[index], column));
    const wanted = Math.max(widthOfText(column.title) + 4, ...texts) + 2;
    const fitting = Math.min(Math.max(wanted, range.least), range.most);
    const width = column.width ?? fitting;
    return { width, wrap: column.wrap ?? wanted > width };
  });
}

function shownLength(cell: Cell | undefined, column: Column): number {
  switch (cell?.kind) {
    case 'text':
    case 'link':
      return longestLine(cell.text);
    case 'number':
      return Math.ceil(String(Math.round(cell.value)).length * 1.34) + (column.currency ? 8 : 4);
    case 'date':
      return 10;
    case 'datetime':
      return 16;
    case 'citation':
      return cell.show === 'quote' ? range.most : 24;
    case 'formula':
      return 14;
    default:
      return 5;
  }
}

function longestLine(text: string): number {
  const start = text.length > 200 ? text.slice(0, 200) : text;
  return Math.max(...start.split('\n').map(widthOfText));
}

const lineHeightInPoints = 15;
const maxHeightInPoints = 405;

/** Height of a row whose longest text goes on over several lines; `undefined` where one is enough. Programs that fit rows themselves do so. */
export function heightOf(
  cells: readonly Cell[] | undefined,
  looks: readonly ColumnLook[],
): number | undefined {
  let most = 1;
  cells?.forEach((cell, index) => {
    if (cell.kind !== 'text' && cell.kind !== 'link') return;
    const look = looks[index];
    const isOneLine = cell.text.length * 2 < (look?.width ?? 0) && !cell.text.includes('\n');
    if (look?.wrap !== true || isOneLine) return;
    most = Math.max(most, lineCount(cell.text, look.width));
  });
  return most === 1 ? undefined : Math.min(most * lineHeightInPoints, maxHeightInPoints);
}

/** Lines that a text needs in a width of so many characters, words not being parted. */
export function lineCount(text: string, width: number): number {
  return text
    .split('\n')
    .map((line) => Math.max(Math.ceil(widthOfText(line) / (width * 0.92)), 1))
    .reduce((sum, count) => sum + count, 0);
}
