import { sheetLimits } from '../../limits.ts';
import { columnNameOf, columnOf } from '../sheet/a1.ts';

/**
 * A shared formula as it reads in another cell: references without `$` move by as many rows and columns as the cell does (ECMA-376
 * part 1, 18.3.1.40). What would leave the sheet becomes `#REF!`, as in Excel.
 */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  return formula.replace(tokens, (token, ...groups: (string | undefined)[]) => {
    const [column, row, firstColumn, lastColumn, firstRow, lastRow] = groups;
    if (column !== undefined && row !== undefined) {
      return joined('', shiftColumn(column, columns), shiftRow(row, rows));
    }
    if (firstColumn !== undefined && lastColumn !== undefined) {
      return joined(':', shiftColumn(firstColumn, columns), shiftColumn(lastColumn, columns));
    }
    if (firstRow !== undefined && lastRow !== undefined) {
      return joined(':', shiftRow(firstRow, rows), shiftRow(lastRow, rows));
    }
    return token;
  });
}

/** Texts, quoted sheet names and structured references come first and stay as they are; so do names, functions and numbers at last. */
const tokens = new RegExp(
  [
    '"(?:[^"]|"")*"',
    "'(?:[^']|'')*'",
    String.raw`\[[^[\]]*\]`,
    String.raw`(\$?[A-Za-z]{1,3})(\$?\d{1,7})(?![\p{L}\p{N}_.(!])`,
    String.raw`(\$?[A-Za-z]{1,3}):(\$?[A-Za-z]{1,3})(?![\p{L}\p{N}_.(!])`,
    String.raw`(\$?\d{1,7}):(\$?\d{1,7})(?![\p{L}\p{N}_.(!])`,
    String.raw`[\p{L}\p{N}_.\\?]+`,
  ].join('|'),
  'gu',
);

function joined(separator: string, first: string | undefined, second: string | undefined): string {
  return first === undefined || second === undefined ? '#REF!' : first + separator + second;
}

function shiftColumn(reference: string, by: number): string | undefined {
  if (reference.startsWith('$')) return reference;
  const column = columnOf(reference);
  // Three letters behind the last column are a name.
  if (column === undefined) return reference;
  const shifted = column + by;
  return shifted < 0 || shifted >= sheetLimits.columns ? undefined : columnNameOf(shifted);
}

function shiftRow(reference: string, by: number): string | undefined {
  if (reference.startsWith('$')) return reference;
  const shifted = Number(reference) + by;
  return shifted < 1 || shifted > sheetLimits.rows ? undefined : String(shifted);
}
