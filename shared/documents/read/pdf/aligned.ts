import type { PdfRow } from './grids.ts';
import { type TextLine, textOf } from './lines.ts';

/** Longer tables are read in pieces, so that the work stays in proportion to their length. */
const maxRowsAtOnce = 200;
const markerAlone = /^(?:[-•▪◦‣–·o*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])$/i;

/**
 * A table without upright rules: neighbouring lines with parts that stand apart and above one another, a row for each line from the
 * given one on; `undefined` where no table begins there.
 */
export function alignedRows(lines: readonly TextLine[], from: number): PdfRow[] | undefined {
  const block = blockOf(lines, from);
  if (block.length < 2) return undefined;
  const columns = columnsOf(block);
  if (columns.length < 2 || columns.length > 40) return undefined;
  const rows = block.map((line) => rowOf(line, columns));
  return isList(rows) ? undefined : rows;
}

function rowOf(line: TextLine, columns: readonly { right: number }[]): PdfRow {
  const cells = columns.map(() => '');
  for (const stretch of line.stretches) {
    const left = Math.min(...stretch.map((run) => run.left));
    const column = columns.findIndex((each) => left <= each.right);
    const at = column < 0 ? columns.length - 1 : column;
    cells[at] = [cells[at], textOf(stretch)].filter(Boolean).join(' ');
  }
  return { cells: line.isRightToLeft ? cells.reverse() : cells, runs: line.runs, merges: [] };
}

/** A bullet or number that stands apart from the text of its item is no column. */
function isList(rows: readonly PdfRow[]): boolean {
  return rows.every(({ cells }) => cells.length === 2 && markerAlone.test(cells[0] ?? ''));
}

/** Lines from the first on that have several parts and are no further from each other than three lines. */
function blockOf(lines: readonly TextLine[], from: number): TextLine[] {
  const block: TextLine[] = [];
  for (const line of lines.slice(from, from + maxRowsAtOnce)) {
    const before = block.at(-1);
    const isNear =
      before === undefined ||
      (line.baseline > before.baseline && line.baseline - before.baseline < before.size * 3);
    if (line.stretches.length < 2 || !isNear) break;
    if (before !== undefined && columnsOf([...block, line]).length < 2) break;
    block.push(line);
  }
  return block;
}

/** Strips that all parts of the lines leave free divide columns. */
function columnsOf(lines: readonly TextLine[]): { left: number; right: number }[] {
  const parts = lines.flatMap((line) =>
    line.stretches.map((stretch) => ({
      left: Math.min(...stretch.map((run) => run.left)),
      right: Math.max(...stretch.map((run) => run.right)),
    })),
  );
  const columns: { left: number; right: number }[] = [];
  for (const part of parts.sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last !== undefined && part.left <= last.right)
      last.right = Math.max(last.right, part.right);
    else columns.push({ ...part });
  }
  return columns;
}
