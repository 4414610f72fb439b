import type { Unit } from '#shared/domain/document.ts';
import { evidenceIn } from '../evidence.ts';
import { figuresIn } from '../figures.ts';
import type { FieldType } from './fields.ts';
import type { Source } from './schemas.ts';
import { readBoolean } from './values/read-boolean.ts';
import { readNumber } from './values/read-number.ts';

/** A value as the model claims it. */
export interface Claim {
  readonly value: string;
  readonly quote: string | null;
  readonly type: FieldType;
}

/** A place that bears a claim out. */
export interface Support extends Source {
  /** The cell holds nothing else. */
  readonly isWholeCell: boolean;
  /** What the quote says is the model's reading, not its words. */
  readonly isJudged: boolean;
}

/** All places in a unit that bear a claim out: cells of a table row, or one quote of a text. */
export function supportsIn(unit: Unit, claim: Claim): Support[] {
  if (unit.table !== undefined) return cellSupports(unit, claim);
  const support = textSupport(unit, claim);
  return support === undefined ? [] : [support];
}

/** A text with its spaces, dashes and quotation marks written in one way, in lower case. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/[‘’‚′]/gu, "'")
    .replace(/[“”„«»″]/gu, '"')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Whether a text holds a value as words of its own: `12` does not stand in `112` or in `12.5`. */
export function holds(text: string, value: string): boolean {
  const wanted = plain(value);
  const whole = plain(text);
  if (wanted === '') return false;
  let at = whole.indexOf(wanted);
  while (at !== -1) {
    const end = at + wanted.length;
    if (!isJoined(whole, at) && !isJoined(whole, end)) return true;
    at = whole.indexOf(wanted, at + 1);
  }
  return false;
}

function isJoined(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 2), at + 2);
  if (at === 0 || at === text.length) return false;
  const left = text[at - 1] ?? '';
  const right = text[at] ?? '';
  if (/[\p{L}\p{N}]/u.test(left) && /[\p{L}\p{N}]/u.test(right)) {
    // `12kg` states 12 and kg; `EUR12` states EUR and 12.
    return /\d/u.test(left) === /\d/u.test(right);
  }
  return /\d[.,]\d/u.test(around);
}

function cellSupports(unit: Unit, claim: Claim): Support[] {
  return (unit.table?.cells ?? []).flatMap((cell, column): Support[] => {
    if (cell.trim() === '') return [];
    const isWholeCell = saysTheSame(cell, claim) || isNumberOf(unit, column, claim.value);
    if (!isWholeCell && !holds(cell, claim.value)) return [];
    return [{ unitId: unit.id, quote: cell, column, isWholeCell, isJudged: false }];
  });
}

/** The same text, or the same figure written in another way. */
function saysTheSame(cell: string, { value, type }: Claim): boolean {
  if (plain(cell) === plain(value)) return true;
  if (type === 'boolean') {
    const stated = readBoolean(cell);
    return stated !== undefined && stated === readBoolean(value);
  }
  const isNumber = type !== 'text' && type !== 'date';
  // With words around its figure a text says more than the figure: “Axle 7” is not 7.
  if (!isNumber || !isBareNumber(cell) || !isBareNumber(value)) return false;
  if (signOf(cell) !== signOf(value)) return false;
  const stated = figuresIn(cell);
  const claimed = figuresIn(value);
  // Digits alone do not tell 1,250 from 12.50; the length of the fraction does.
  return (
    stated.length === 1 &&
    claimed.length === 1 &&
    stated[0] === claimed[0] &&
    fractionOf(cell) === fractionOf(value)
  );
}

/** A number with at most a currency and a percent sign. */
function isBareNumber(text: string): boolean {
  return readNumber(text, undefined) !== undefined;
}

function signOf(text: string): boolean {
  return /^\s*[-−–(]|-\s*$/u.test(text.replace(/\p{Sc}|[A-Z]{3}/gu, ''));
}

/** Digits behind the last separator, unless it may be one of thousands. */
function fractionOf(text: string): number {
  const digits = /[.,](\d+)(?!.*\d)/u.exec(text)?.[1] ?? '';
  return digits.length === 3 ? 0 : digits.length;
}

/** In a workbook a number has a value behind what is shown. */
function isNumberOf(unit: Unit, column: number, value: string): boolean {
  const number = unit.table?.numbers?.[String(column)];
  return number !== undefined && value.trim() !== '' && Number(value) === number;
}

/** A boolean is seldom written as such. */
function isReadingOf(text: string, { value, type }: Claim): boolean {
  return type === 'boolean' && readBoolean(value) !== undefined && text !== '';
}

const maxQuoteLength = 200;

function textSupport(unit: Unit, claim: Claim): Support | undefined {
  const quoted =
    claim.quote === null
      ? undefined
      : evidenceIn(unit, { quote: claim.quote, claim: claim.value })?.quote;
  if (quoted !== undefined && holds(quoted, claim.value)) {
    return { unitId: unit.id, quote: quoted, isWholeCell: false, isJudged: false };
  }
  const own = ownQuote(unit.text, claim.value);
  if (own !== undefined) {
    return { unitId: unit.id, quote: own, isWholeCell: false, isJudged: false };
  }
  if (quoted !== undefined && isReadingOf(quoted, claim)) {
    return { unitId: unit.id, quote: quoted, isWholeCell: false, isJudged: true };
  }
  return undefined;
}

/** Without a quote of the model, or with one that says something else: the value where it stands, with the words around it. */
function ownQuote(text: string, value: string): string | undefined {
  if (!holds(text, value)) return undefined;
  if (text.length <= maxQuoteLength) return text;
  const at = text.indexOf(value);
  if (at === -1) return undefined;
  const from = text.lastIndexOf(' ', Math.max(0, at - 60)) + 1;
  const end = text.indexOf(' ', Math.min(text.length, at + value.length + 60));
  return text.slice(from, end === -1 ? text.length : end).trim();
}
