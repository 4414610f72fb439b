/** Column and row of a cell, both from 1, `undefined` if it is no reference such as `B4`. */
export function parseCell(
  reference: string,
): { readonly column: number; readonly row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { column, row: Number(digits) };
}

/** `B4` for column 2 of row 4. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

/** Cells of the first row of a range such as `A1:C9`; none of one that is no range or too wide to be a table. */
export function firstRowOf(range: string): string[] {
  const [from = '', to = from] = range.split(':');
  const start = parseCell(from);
  const end = parseCell(to);
  if (start === undefined || end === undefined) return [];
  const count = Math.min(end.column, 16_384) - start.column + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) =>
    cellName(start.column + index, start.row),
  );
}
