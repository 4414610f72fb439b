import type { FieldType } from './fields.ts';
import type { TypedValue } from './schemas.ts';
import { readBoolean } from './values/read-boolean.ts';
import { type DayOrder, readDate } from './values/read-date.ts';
import { type DecimalSign, readNumber } from './values/read-number.ts';

/** A value before it has its type. */
export interface WrittenCell {
  readonly text: string | null;
  /** Of a workbook: what is stored behind the text. */
  readonly number?: number;
  /** Of a workbook: the text is a date in ISO 8601. */
  readonly isDateTime?: boolean;
}

/** How a column writes what can be read in two ways: told by its unambiguous cells, or else guessed from the language. */
export interface Reading {
  readonly decimal: DecimalSign;
  readonly isDecimalKnown: boolean;
  readonly order: DayOrder;
  readonly isOrderKnown: boolean;
  readonly language: string;
}

export interface Coerced {
  readonly value: TypedValue;
  /** What a person should check; words of ours. */
  readonly doubt?: string;
  /** It stayed the text that it was. */
  readonly isNotRead?: boolean;
}

type KnownType = Exclude<FieldType, 'auto'>;

/** So many cells in a hundred must be of a type for the column to have it; the others are named. */
const minShare = 0.9;
/** Words for nothing. */
const nothing = /^(?:[-–—./]+|n\/?a|none|null|k\.? ?a\.?|nil)$/iu;

/** The narrowest type that nearly all values of the column have. Codes with leading zeros are texts, and so are long digits. */
export function typeOfColumn(cells: readonly WrittenCell[], reading: Reading): KnownType {
  const filled = cells.filter(({ text }) => text !== null && !nothing.test(text.trim()));
  if (filled.length === 0) return 'text';
  const shareOf = (test: (cell: WrittenCell) => boolean) =>
    filled.filter(test).length / filled.length;
  if (shareOf((cell) => isDateLike(cell, reading)) >= minShare) return 'date';
  if (filled.some(isCode)) return 'text';
  const numbers = filled.flatMap((cell) => numberOf(cell, reading) ?? []);
  if (numbers.length / filled.length >= minShare) {
    if (numbers.every(({ isPercent }) => isPercent)) return 'percent';
    if (numbers.some(({ currency }) => currency !== undefined)) return 'currency';
    return numbers.every(({ value, hasFraction }) => Number.isInteger(value) && !hasFraction)
      ? 'integer'
      : 'decimal';
  }
  return shareOf(({ text }) => readBoolean(text ?? '') !== undefined) === 1 ? 'boolean' : 'text';
}

export function coerceValue(cell: WrittenCell, type: KnownType, reading: Reading): Coerced {
  const text = cell.text?.trim() ?? '';
  if (text === '') return { value: { kind: 'empty' } };
  if (type === 'text') return { value: { kind: 'text', text } };
  if (type === 'date') return coerceDate(cell, text, reading);
  if (type === 'boolean') {
    const value = readBoolean(text);
    return value === undefined ? notRead(text, 'yes or no') : { value: { kind: 'boolean', value } };
  }
  return coerceNumber(cell, { text, type, reading });
}

function coerceDate(cell: WrittenCell, text: string, reading: Reading): Coerced {
  const written = readDate(cell.isDateTime === true ? text.slice(0, 10) : text, reading.order);
  if (written === undefined) return notRead(text, 'a date');
  const value: TypedValue = { kind: 'date', date: written.date };
  if (cell.isDateTime === true) {
    const hasTime = /[T ](?!00:00(?::00)?)\d/u.test(text);
    return hasTime
      ? { value, doubt: 'The source has a time of day too; the column shows the date.' }
      : { value };
  }
  if (written.isAmbiguous && !reading.isOrderKnown) {
    return {
      value,
      doubt: `Day and month could change places; read ${reading.order}, as for language ${reading.language}.`,
    };
  }
  return written.isShortYear ? { value, doubt: 'The century is not written.' } : { value };
}

function coerceNumber(
  cell: WrittenCell,
  { text, type, reading }: { text: string; type: KnownType; reading: Reading },
): Coerced {
  const number = numberOf(cell, reading);
  if (number === undefined) return notRead(text, 'a number');
  const { currency, isPercent, isAmbiguous, isStored } = number;
  const isBarePercent = type === 'percent' && !isPercent && !isStored;
  const value: TypedValue = {
    kind: 'number',
    value: isBarePercent ? Number(`${number.value}e-2`) : number.value,
    ...(currency === undefined ? {} : { currency }),
  };
  if (isAmbiguous && !reading.isDecimalKnown) {
    return {
      value,
      doubt: `It could be another number with the other decimal sign; read with “${reading.decimal}”, as for language ${reading.language}.`,
    };
  }
  if (isBarePercent) return { value, doubt: 'No percent sign is written; read as percent.' };
  if (type === 'integer' && !Number.isInteger(value.value)) {
    return { value, doubt: 'A whole number is expected; the source has a fraction.' };
  }
  return { value };
}

function notRead(text: string, expected: string): Coerced {
  const value: TypedValue = { kind: 'text', text };
  return { value, doubt: `It could not be read as ${expected} and stays a text.`, isNotRead: true };
}

function numberOf(cell: WrittenCell, reading: Reading) {
  const written = readNumber(cell.text ?? '', reading.decimal);
  if (cell.number === undefined) {
    return written === undefined ? undefined : { ...written, isStored: false };
  }
  return {
    value: cell.number,
    ...(written?.currency === undefined ? {} : { currency: written.currency }),
    isPercent: written?.isPercent ?? false,
    hasFraction: written?.hasFraction ?? !Number.isInteger(cell.number),
    isAmbiguous: false,
    isStored: true,
  };
}

function isDateLike(cell: WrittenCell, reading: Reading): boolean {
  return cell.isDateTime === true || readDate(cell.text ?? '', reading.order) !== undefined;
}

function isCode({ text, number }: WrittenCell): boolean {
  if (number !== undefined) return false;
  const bare = text?.trim() ?? '';
  return /^0\d/u.test(bare) || /^\d{16,}$/u.test(bare);
}
