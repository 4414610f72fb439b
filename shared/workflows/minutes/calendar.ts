import { isoDateOf, unixDayOf } from '#shared/domain/civil-date.ts';

/** What an expression says: a day, that there is no such day, or that it may be two. */
export type Reading =
  | { readonly kind: 'day'; readonly day: number; readonly remark?: string }
  | { readonly kind: 'impossible'; readonly remark: string }
  | { readonly kind: 'open'; readonly remark: string };

export interface YearMonth {
  readonly year: number;
  /** From 1. */
  readonly month: number;
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function yearMonthOf(day: number): YearMonth {
  const [year = 0, month = 1] = isoDateOf(day).split('-').map(Number);
  return { year, month };
}

export function dayOfMonth(day: number): number {
  return Number(isoDateOf(day).slice(8));
}

/** The month so many months later. */
export function plusMonths({ year, month }: YearMonth, months: number): YearMonth {
  const count = year * 12 + month - 1 + months;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}

export function lastDayOf({ year, month }: YearMonth): number {
  return firstDayOf(plusMonths({ year, month }, 1)) - 1;
}

export function firstDayOf({ year, month }: YearMonth): number {
  return unixDayOf(`${year}-${month}-1`);
}

/** `undefined` for a day that the month does not have. */
export function dayIn(month: YearMonth, day: number): number | undefined {
  const found = firstDayOf(month) + day - 1;
  return day >= 1 && found <= lastDayOf(month) ? found : undefined;
}

/** Monday of the week of a day. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

const monthWords: readonly string[] = [
  'january|jan|januar|jänner|jän',
  'february|feb|februar',
  'march|mar|märz|mrz|maerz',
  'april|apr',
  'may|mai',
  'june|jun|juni',
  'july|jul|juli',
  'august|aug',
  'september|sept|sep',
  'october|oct|oktober|okt',
  'november|nov',
  'december|dec|dezember|dez',
];
const weekdayWords: readonly string[] = [
  'monday|mon|montag',
  'tuesday|tues|tue|dienstag',
  'wednesday|wed|mittwoch',
  'thursday|thurs|thur|thu|donnerstag',
  'friday|fri|freitag',
  'saturday|sat|samstag|sonnabend',
  'sunday|sun|sonntag',
];

/** All names of months, for a pattern. `may` and `mar` are words too: a pattern puts a number or a preposition beside them. */
export const monthPattern = `(?:${monthWords.join('|')})\\.?`;
export const weekdayPattern = `(?:${weekdayWords.join('|')})s?`;

export function monthNumber(word: string): number {
  return numberIn(monthWords, word.replace(/\.$/, ''));
}

export function weekdayNumber(word: string): number {
  return numberIn(weekdayWords, word.replace(/s$/, '')) || numberIn(weekdayWords, word);
}

function numberIn(words: readonly string[], word: string): number {
  return words.findIndex((each) => each.split('|').includes(word)) + 1;
}
