import type { TableRow } from '#shared/domain/document.ts';
import type { NewUnit } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import { type InlineText, joinInlineTexts, linksOf } from '../inline-text.ts';
import type { Story } from './story.ts';

/**
 * Adds the rows of a table that have text (ODF 1.3, 9). Cells under a merge keep their place, so the same column has the same place in each
 * row; repeats are made, within bounds. Notes and comments follow the whole table, since they would tear its rows apart.
 */
export function readTable(table: XmlElement, story: Story): void {
  const rows = rowsOf(table);
  const rowCount = rows.reduce((sum, { repeat }) => sum + repeat, 0);
  const isHeader = headerTest(table, rows);
  const after: NewUnit[] = [];
  let at = 0;
  let number: number | undefined;
  for (const row of rows) {
    const { cells, merges } = readRow(row.element, rowCount - at, { story, after });
    const joined = joinInlineTexts(cells, ' | ');
    const isEmpty = cells.every(({ text }) => text === '');
    if (!isEmpty) number ??= story.reading.nextTable();
    if (!isEmpty) story.reading.spendCells((row.repeat - 1) * (cells.length + cellsPerUnit));
    for (let copy = 0; !isEmpty && number !== undefined && copy < row.repeat; copy += 1) {
      story.emit({
        kind: 'table-row',
        text: joined.text,
        ...linksOf(joined),
        table: {
          table: number,
          row: at + copy + 1,
          isHeader: isHeader(row, at),
          cells: cells.map(({ text }) => text),
          ...(merges.length === 0 ? {} : { merges }),
        },
        place: story.place(row.element, 'body'),
      });
    }
    at += row.repeat;
  }
  for (const unit of after) story.emit(unit);
}

/** A unit takes as much as so many cells. */
const cellsPerUnit = 50;

interface Row {
  readonly element: XmlElement;
  readonly isMarked: boolean;
  readonly repeat: number;
}

function rowsOf(parent: XmlElement, isMarked = false): Row[] {
  return parent.children.flatMap((child) => {
    if (child.name === 'table:table-row') {
      const repeat = repeatOf(child.attributes['table:number-rows-repeated']);
      return [{ element: child, isMarked, repeat }];
    }
    return rowGroups.has(child.name)
      ? rowsOf(child, isMarked || child.name === 'table:table-header-rows')
      : [];
  });
}

const rowGroups = new Set(['table:table-header-rows', 'table:table-rows', 'table:table-row-group']);

/** Rows marked as headers; if none is, the first where the table's style or the number of rows speaks for it. */
function headerTest(table: XmlElement, rows: readonly Row[]): (row: Row, at: number) => boolean {
  if (rows.some(({ isMarked }) => isMarked)) return ({ isMarked }) => isMarked;
  const styled = table.attributes['table:use-first-row-styles'];
  const isFirstHeader = styled === undefined ? rows.length > 1 : styled === 'true';
  return (_, at) => at === 0 && isFirstHeader;
}

interface RowReading {
  readonly story: Story;
  readonly after: NewUnit[];
}

/** Far beyond what a page can show; it keeps a hostile repeat from making cells without end. */
const maxColumns = 1_024;

function readRow(row: XmlElement, rowsLeft: number, { story, after }: RowReading) {
  const cells: InlineText[] = [];
  const merges: NonNullable<TableRow['merges']> = [];
  for (const cell of row.children.filter(isCell)) {
    const isCovered = cell.name === 'table:covered-table-cell';
    const content = readCell(cell, after, isCovered ? { ...story, isHidden: true } : story);
    const merge = mergeOf(cell, cells.length, rowsLeft);
    if (merge !== undefined) merges.push(merge);
    const repeat = repeatOf(cell.attributes['table:number-columns-repeated']);
    // Text that does not fit is never dropped: the budget refuses the file before.
    const copies = content.text === '' ? Math.min(repeat, maxColumns - cells.length) : repeat;
    story.reading.spendCells(Math.max(0, copies - 1));
    for (let copy = 0; copy < copies; copy += 1) cells.push(content);
  }
  return { cells, merges };
}

function isCell({ name }: XmlElement): boolean {
  return name === 'table:table-cell' || name === 'table:covered-table-cell';
}

function mergeOf({ attributes }: XmlElement, column: number, rowsLeft: number) {
  const columns = spanOf(attributes['table:number-columns-spanned'], maxColumns - column);
  const rows = spanOf(attributes['table:number-rows-spanned'], rowsLeft);
  return columns > 1 || rows > 1 ? { column, columns, rows } : undefined;
}

/** Paragraphs of a cell, a nested table or a box in it, one after the other; bullets and numbers before their paragraphs. */
function readCell(cell: XmlElement, after: NewUnit[], story: Story): InlineText {
  const texts: InlineText[] = [];
  story.readBlocks(cell, {
    ...story,
    reading: { ...story.reading, nextTable: () => 1 },
    emit: (unit) => {
      if (unit.kind === 'footnote' || unit.kind === 'comment' || unit.kind === 'chart') {
        after.push(unit);
        return;
      }
      if (unit.marker !== undefined) texts.push({ text: unit.marker, links: [] });
      texts.push({ text: unit.text, links: unit.links ?? [] });
    },
  });
  return joinInlineTexts(texts, ' ');
}

function repeatOf(text: string | undefined): number {
  const repeat = Number(text ?? 1);
  return Number.isInteger(repeat) && repeat >= 1 ? Math.min(repeat, 2 ** 31) : 1;
}

function spanOf(text: string | undefined, most: number): number {
  return Math.max(1, Math.min(repeatOf(text), most));
}
