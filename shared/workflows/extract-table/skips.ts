import type { TableRow, Unit } from '#shared/domain/document.ts';
import type { SkipReason } from './schemas.ts';
import { plain } from './support.ts';

const totalWords =
  /^(?:(?:grand |sub-?|net |gross )?totals?|sums?|overall|balance|carried forward|(?:zwischen|gesamt)?summe|gesamt|insgesamt|übertrag|saldo|sous-?total|total général|montant total|somme|subtotale?|totale|importo totale|suma|totaal|subtotaal|soma)\b/iu;

/** Whether a row is a sum of others by its own words. */
export function isTotalRow(unit: Unit): boolean {
  const cells = filledCells(unit);
  const hasFigure = cells.some((cell) => /\d/u.test(cell));
  return hasFigure && cells.some((cell) => totalWords.test(cell.trim()) && !isLong(cell));
}

/** Whether a row is a head of its table: marked as such in the file, or the same words again. */
export function isHeaderRow(unit: Unit, header: string | undefined): boolean {
  return (
    unit.table?.isHeader === true || (header !== undefined && plain(unit.text) === plain(header))
  );
}

/** What code can see of a unit that an answer skips. */
export interface SkipContext {
  /** Text of the header row of its table, if it has one. */
  readonly header: string | undefined;
  /** Rows have been taken from its table, or from texts of the same make. */
  readonly isAmongRecords: boolean;
  /** Cell by cell it is made like a row that was taken from its table, whatever the file marks it as. */
  readonly isMadeLikeRecord: boolean;
  /** Its table has columns with the names of the fields, or a text names them itself. */
  readonly isWanted: boolean;
}

/**
 * The reason for which a unit may be left out, or `undefined` where code does not see it: the model's word alone lets no row go.
 */
export function confirmSkip(unit: Unit, why: string, seen: SkipContext): SkipReason | undefined {
  if (unit.table !== undefined) return confirmRowSkip(unit, unit.table, { why, seen });
  if (!seen.isAmongRecords && !seen.isWanted) return 'note';
  return totalWords.test(unit.text.trim()) ? 'total' : undefined;
}

/**
 * The reason for which a unit needs no answer at all: a heading without a figure, a row with nothing or one remark in it, the names of columns
 * that are wanted, a sum by a cell that says nothing else beside figures. Only what cannot be a record: a row of a firm called Total has other
 * words in it.
 */
export function certainSkip(
  unit: Unit,
  seen: Pick<SkipContext, 'header' | 'isWanted'>,
): SkipReason | undefined {
  if (unit.table === undefined) return isPlainHeading(unit) ? 'note' : undefined;
  const cells = filledCells(unit);
  if (cells.length === 0) return 'blank';
  if (cells.length === 1 && unit.table.cells.length > 2 && hasNoFigure(unit)) return 'note';
  const isHead = isHeaderRow(unit, seen.header) && seen.isWanted;
  if (isHead && rowMakeOf(unit) === undefined) return 'header';
  return isPlainTotal(cells) ? 'total' : undefined;
}

function isPlainHeading(unit: Unit): boolean {
  return hasNoFigure(unit) && (unit.kind === 'heading' || unit.kind === 'title');
}

function hasNoFigure({ text }: Unit): boolean {
  return !/\d/u.test(text);
}

/** One cell says that it is a sum and nothing else, and all others are figures. */
function isPlainTotal(cells: readonly string[]): boolean {
  const words = cells.filter((cell) => !isFigure(cell));
  return words.length === 1 && words.length < cells.length && words.every(isTotalWord);
}

/** A number or an amount, with its currency. */
function isFigure(cell: string): boolean {
  return (
    /\d/u.test(cell) &&
    /^[\p{Sc}\s]*(?:\p{Lu}{3}\s?)?[-+(]?[\d.,'\s]+\)?\s*%?(?:\p{Lu}{3}|[\p{Sc}\s])*$/u.test(
      cell.trim(),
    )
  );
}

function isTotalWord(cell: string): boolean {
  return totalWords.exec(cell.trim())?.[0] === cell.trim().replace(/\s*:$/u, '');
}

function confirmRowSkip(
  unit: Unit,
  { cells: all, row }: TableRow,
  { why, seen }: { why: string; seen: SkipContext },
): SkipReason | undefined {
  const cells = filledCells(unit);
  if (cells.length === 0) return 'blank';
  if (!seen.isMadeLikeRecord && isHeaderRow(unit, seen.header)) return 'header';
  if (isTotalRow(unit)) return 'total';
  const hasFigure = /\d/u.test(unit.text);
  // A heading or a remark across a table of several columns.
  if (cells.length === 1 && (all.length > 2 || !hasFigure)) return 'note';
  if (!seen.isAmongRecords && !seen.isWanted) return 'other';
  const isUnmarkedHead = row === 1 && seen.header === undefined && !hasFigure;
  return isUnmarkedHead && /head/iu.test(why) ? 'header' : undefined;
}

/** The make of a line: words and figures without what they say, so that `A-17: 3 pcs` and `B-2: 40 pcs` are alike. */
export function makeOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{N}+(?:[.,]\p{N}+)*/gu, '9')
    .replace(/\p{L}[\p{L}\p{M}']*/gu, 'a')
    .replace(/a(?: a)+/gu, 'a')
    .replace(/\s+/gu, ' ')
    .trim();
}

const yearAlone = /^(?:19|20)\d{2}$/u;

/** The makes of the cells of a row; `undefined` where no cell has a figure. A year may be the name of a column. */
export function rowMakeOf({ table }: Unit): string | undefined {
  const makes = (table?.cells ?? []).map((cell) =>
    yearAlone.test(cell.trim()) ? 'a' : makeOf(cell),
  );
  return makes.some((make) => make.includes('9')) ? makes.join(' | ') : undefined;
}

function filledCells(unit: Unit): string[] {
  return (unit.table?.cells ?? []).filter((cell) => /[\p{L}\p{N}]/u.test(cell));
}

function isLong(cell: string): boolean {
  return cell.length > 60;
}
