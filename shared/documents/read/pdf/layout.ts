import type { PageLines, PdfBlock } from './blocks.ts';
import { type PdfTable, ruledTables } from './grids.ts';
import { boxOfRuns, type TextRun } from './lines.ts';
import type { PdfPage } from './page.ts';
import { linesInOrder } from './reading-order.ts';

/** Letters that stand for a table while the order of the lines is found. */
const standIn = '\ufffc'.repeat(60);

/** Puts the text of a page in order: what is not among the running headers and footers. */
export function layOut(page: PdfPage, margins: ReadonlySet<TextRun>): PageLines {
  const runs = page.runs.filter((run) => !margins.has(run));
  const found = ruledTables(page.rules, runs);
  const taken = new Set(found.flatMap((table) => [...table.runs]));
  const tables = new Map(found.map((table) => [runFor(table), table]));
  const upright = linesInOrder([...runs.filter((run) => !taken.has(run)), ...tables.keys()]);
  const turned = page.turned.flatMap((each) => linesInOrder(each));
  return { lines: [...upright, ...turned], tables, height: page.height };
}

function runFor({ box, runs }: PdfTable): TextRun {
  const size = [...runs][0]?.size ?? 10;
  return {
    text: standIn,
    left: box.left,
    right: box.right,
    baseline: box.top + size,
    size,
    isBold: false,
    isRightToLeft: false,
  };
}

/** Left, bottom, right and top in points from the lower left corner of the page, to a tenth. */
export function placeOf(
  runs: readonly TextRun[],
  page: PdfPage,
): [number, number, number, number] | undefined {
  if (runs.length === 0) return undefined;
  const { left, top, right, bottom } = boxOfRuns(runs);
  return [left, page.height - bottom, right, page.height - top].map(toTenth) as [
    number,
    number,
    number,
    number,
  ];
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Counts tables and rows through a document. */
export interface TableCount {
  table: number;
  row: number;
}

/** What the unit of a block has besides its text. */
export function detailsOf(block: PdfBlock, count: TableCount) {
  const { level, marker, note, row } = block;
  return {
    ...(level === undefined ? {} : { level }),
    ...(marker === undefined ? {} : { marker }),
    ...(note === undefined ? {} : { note }),
    ...(row === undefined ? {} : { table: tableRowOf(block, row, count) }),
  };
}

function tableRowOf(block: PdfBlock, row: NonNullable<PdfBlock['row']>, count: TableCount) {
  if (block.isFirst === true) {
    count.table += 1;
    count.row = 0;
  }
  count.row += 1;
  return {
    table: count.table,
    row: count.row,
    isHeader: count.row === 1,
    cells: row.cells.map((cell) => cell.replace(/[\s\u00a0]+/g, ' ').trim()),
    ...(row.merges.length === 0 ? {} : { merges: [...row.merges] }),
  };
}
