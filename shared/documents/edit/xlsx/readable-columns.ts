import type { SheetMap } from './sheet-map.ts';

/** More than a line of a column shows. */
const longText = 40;

/** Whether a text needs several lines. */
export function isLong(text: string): boolean {
  return text.length > longText || text.includes('\n');
}

/** In characters. */
const readableWidth = 60;

/** Widths to be inserted at places of the part, for columns that long texts stand in and that the sheet says nothing of. */
export function widthEdits(
  { columns, defaultWidth = 0, data, prefix }: SheetMap,
  longColumns: readonly number[],
): { readonly at: number; readonly text: string }[] {
  if (defaultWidth >= readableWidth) return [];
  const isStated = (column: number) =>
    columns.some(({ min, max }) => column >= min && column <= max);
  const silent = [...new Set(longColumns)]
    .filter((column) => !isStated(column))
    .toSorted((left, right) => left - right);
  const places = new Map<number, string>();
  for (const column of silent) {
    const next = columns.find(({ min }) => min > column);
    const at = next?.start ?? columns.at(-1)?.end ?? data.start;
    const tag = `<${prefix}col min="${column}" max="${column}" width="${readableWidth}" customWidth="1"/>`;
    places.set(at, (places.get(at) ?? '') + tag);
  }
  const wrap = (tags: string) =>
    columns.length > 0 ? tags : `<${prefix}cols>${tags}</${prefix}cols>`;
  return [...places].map(([at, tags]) => ({ at, text: wrap(tags) }));
}
