import { sheetLimits } from '../../limits.ts';

/** Cells from one corner to the other. Rows count from 1, columns from 0; both ends are included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `AB` for 27. */
export function columnNameOf(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

/** 27 for `AB`, in either case; `undefined` for what is no column. */
export function columnOf(name: string): number | undefined {
  let column = 0;
  for (let at = 0; at < name.length; at += 1) {
    const digit = (name.charCodeAt(at) & 0xdf) - 64;
    if (digit < 1 || digit > 26) return undefined;
    column = column * 26 + digit;
  }
  return column < 1 || column > sheetLimits.columns ? undefined : column - 1;
}

/** `B4`, or `A4:F4` where there is more than one cell. */
export function a1Of({ top, left, bottom, right }: CellRange): string {
  const first = `${columnNameOf(left)}${top}`;
  return top === bottom && left === right ? first : `${first}:${columnNameOf(right)}${bottom}`;
}

/** Reads `B4`, `$A$4:$F$4`, `A:C` and `2:3`; `undefined` for anything else and for what lies outside a sheet. */
export function parseA1(reference: string): CellRange | undefined {
  const [start = '', end = start, more] = reference.replaceAll('$', '').split(':');
  const first = cornerOf(start);
  const last = cornerOf(end);
  if (first === undefined || last === undefined || more !== undefined) return undefined;
  return {
    top: Math.min(first.row ?? 1, last.row ?? 1),
    left: Math.min(first.column ?? 0, last.column ?? 0),
    bottom: Math.max(first.row ?? sheetLimits.rows, last.row ?? sheetLimits.rows),
    right: Math.max(
      first.column ?? sheetLimits.columns - 1,
      last.column ?? sheetLimits.columns - 1,
    ),
  };
}

/** The column of `AB12` if the row is as stated; for nearly every cell of a file, so without anything in between. */
export function columnInRow(reference: string, row: number): number | undefined {
  let at = 0;
  let column = 0;
  let code = reference.charCodeAt(0);
  while (code >= 65 && code <= 90) {
    column = column * 26 + code - 64;
    at += 1;
    code = reference.charCodeAt(at);
  }
  let stated = 0;
  while (code >= 48 && code <= 57) {
    stated = stated * 10 + code - 48;
    at += 1;
    code = reference.charCodeAt(at);
  }
  const isCell = at === reference.length && column >= 1 && column <= sheetLimits.columns;
  return isCell && stated === row ? column - 1 : undefined;
}

/** Whether a cell lies in a range. */
export function contains(range: CellRange, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

/** A whole column has no row, a whole row no column. */
function cornerOf(text: string): { row?: number; column?: number } | undefined {
  const match = /^([A-Za-z]{0,3})(\d{0,7})$/.exec(text);
  if (match === null || text === '') return undefined;
  const [, letters = '', digits = ''] = match;
  const column = letters === '' ? undefined : columnOf(letters);
  const row = digits === '' ? undefined : Number(digits);
  if (letters !== '' && column === undefined) return undefined;
  if (row !== undefined && (row < 1 || row > sheetLimits.rows)) return undefined;
  return { ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) };
}
