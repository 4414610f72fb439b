import { readableColumnWidth } from './readable-columns.ts';
import type { SheetMap } from './sheet-map.ts';

/** Most that Excel lets a row have, in points. */
const highest = 409;
const usualHeight = 15;

/**
 * The start tag of a row with the height that its texts need. A height that somebody has set stays. One that a program has fitted to other
 * texts is no longer right, and LibreOffice does not fit the rows of files by Excel or by itself anew, so it grows by our own reckoning.
 */
export function withHeight(
  tag: string,
  map: SheetMap,
  texts: readonly { readonly column: number; readonly text: string }[],
): string {
  if (/\scustomHeight\s*=\s*["'](?:1|true)["']/.test(tag)) return tag;
  const [, fitted] = /\sht\s*=\s*["']([\d.]+)["']/.exec(tag) ?? [];
  if (fitted === undefined && !map.hasFittedRows) return tag;
  const lines = Math.max(
    ...texts.map(({ column, text }) => linesOf(text, readableColumnWidth(map, column))),
  );
  const needed = Math.min(highest, Math.ceil(lines * (map.defaultHeight ?? usualHeight)));
  if (lines < 2 || needed <= Number(fitted ?? 0)) return tag;
  const without = tag.replace(/\sht\s*=\s*(?:"[^"]*"|'[^']*')/, '');
  return without.replace(/\s*(\/?>)$/, ` ht="${needed}"$1`);
}

/** Lines of a text in a column; a word that does not fit leaves the end of a line empty. */
function linesOf(text: string, width: number): number {
  const perLine = Math.max(4, width * 0.95);
  const counts = text.split('\n').map((line) => Math.max(1, Math.ceil(line.length / perLine)));
  return counts.reduce((sum, count) => sum + count, 0);
}
