import type { SheetMap } from './sheet-map.ts';

/** More than a line of a column shows. */
const longText = 40;

/** Whether a text needs several lines. */
export function isLong(text: string): boolean {
  return text.length > longText || text.includes('\n');
}

/** In characters. */
const readableWidth = 60;
/** Narrower, and a long text is a column of single words. */
const leastWidth = 24;
/** Of a column that is named without a width. */
const usualWidth = 8.43;

/** Width of a column once it is readable, in characters. */
export function readableColumnWidth(
  { columns, defaultWidth = 0 }: SheetMap,
  column: number,
): number {
  const stated = columns.find(({ min, max }) => column >= min && column <= max);
  if (stated === undefined) return defaultWidth >= leastWidth ? defaultWidth : readableWidth;
  const width = stated.width?.value ?? usualWidth;
  return stated.min === stated.max && width < leastWidth ? readableWidth : width;
}

/** A change of the part: a text for a range of it, which may be empty. */
export interface WidthEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Widths for columns that long texts stand in: those that the sheet says nothing of, and those that are too narrow for any text. */
export function widthEdits(map: SheetMap, longColumns: readonly number[]): WidthEdit[] {
  const wanted = [...new Set(longColumns)].toSorted((left, right) => left - right);
  const stated = (column: number) =>
    map.columns.find(({ min, max }) => column >= min && column <= max);
  const narrow = wanted.flatMap((column): WidthEdit[] => {
    const { min, max, width } = stated(column) ?? {};
    if (width === undefined || min !== max || width.value >= leastWidth) return [];
    return [{ start: width.start, end: width.end, text: String(readableWidth) }];
  });
  const silent = wanted.filter((column) => stated(column) === undefined);
  return [...narrow, ...newColumns(map, silent)];
}

function newColumns(
  { columns, defaultWidth = 0, data, prefix }: SheetMap,
  silent: readonly number[],
): WidthEdit[] {
  if (defaultWidth >= leastWidth) return [];
  const places = new Map<number, string>();
  for (const column of silent) {
    const next = columns.find(({ min }) => min > column);
    const at = next?.start ?? columns.at(-1)?.end ?? data.start;
    const tag = `<${prefix}col min="${column}" max="${column}" width="${readableWidth}" customWidth="1"/>`;
    places.set(at, (places.get(at) ?? '') + tag);
  }
  const wrap = (tags: string) =>
    columns.length > 0 ? tags : `<${prefix}cols>${tags}</${prefix}cols>`;
  return [...places].map(([at, tags]) => ({ start: at, end: at, text: wrap(tags) }));
}
