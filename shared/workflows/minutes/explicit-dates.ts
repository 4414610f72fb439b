import {
  dayIn,
  dayOfMonth,
  lastDayOf,
  monthNumber,
  monthPattern,
  plusMonths,
  type Reading,
  weekdayNumber,
  weekdayOf,
  weekdayPattern,
  type YearMonth,
  yearMonthOf,
} from './calendar.ts';

const end = '(?=[^\\p{L}\\d]|$)';
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;
const german = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?(?!\d)/;
const slashed = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?!\d)/;
const dayMonth = new RegExp(
  String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(${monthPattern})(?:,? (\d{4}))?${end}`,
  'u',
);
const monthDay = new RegExp(
  String.raw`(?<!\p{L})(${monthPattern}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?${end}`,
  'u',
);
const ordinal = /(?:the |am |zum |den |bis )(\d{1,2})(?:st|nd|rd|th|\.)(?=[^\p{L}\d]|$)(?!\s?\d)/u;
const weekdayNamed = new RegExp(String.raw`(?<!\p{L})(${weekdayPattern})${end}`, 'u');

/** A date with a day and a month, or the day of the month alone. */
export function explicitDay(text: string, base: number): Reading | undefined {
  const reading = readDay(text, base);
  if (reading?.kind !== 'day') return reading;
  const weekday = weekdayNumber(weekdayNamed.exec(text)?.[1] ?? '');
  if (weekday === 0 || weekday === weekdayOf(reading.day)) return reading;
  return { kind: 'impossible', remark: 'The day of the week and the date do not go together.' };
}

function readDay(text: string, base: number): Reading | undefined {
  const isoMatch = iso.exec(text);
  if (isoMatch !== null) return dayOf(numbersOf(isoMatch, [3, 2, 1]), base);
  const slashMatch = slashed.exec(text);
  if (slashMatch !== null) return readSlashed(slashMatch, base);
  const germanMatch = german.exec(text);
  if (germanMatch !== null) return dayOf(numbersOf(germanMatch, [1, 2, 3]), base);
  const [, day, month, year] = dayMonth.exec(text) ?? swapped(monthDay.exec(text));
  if (day !== undefined && month !== undefined) {
    return dayOf([Number(day), monthNumber(month), yearOf(year)], base);
  }
  const alone = ordinal.exec(text)?.[1];
  return alone === undefined ? undefined : nextDayOfMonth(Number(alone), text, base);
}

function swapped(match: RegExpExecArray | null): readonly (string | undefined)[] {
  return match === null ? [] : [match[0], match[2], match[1], match[3]];
}

function numbersOf(match: RegExpExecArray, order: readonly [number, number, number]) {
  const [day, month, year] = order;
  return [Number(match[day]), Number(match[month]), yearOf(match[year])] as const;
}

/** Day before month or month before day: only one that is above 12 tells. */
function readSlashed(match: RegExpExecArray, base: number): Reading {
  const [first, second] = [Number(match[1]), Number(match[2])];
  const year = yearOf(match[3]);
  if (first <= 12 && second <= 12 && first !== second) {
    return { kind: 'open', remark: 'Day and month cannot be told apart.' };
  }
  return first > 12 ? dayOf([first, second, year], base) : dayOf([second, first, year], base);
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function dayOf(
  [day, month, year]: readonly [number, number, number | undefined],
  base: number,
): Reading {
  if (month < 1 || month > 12) return impossible;
  if (year !== undefined) return readingOf({ year, month }, day);
  const now = yearMonthOf(base);
  const thisYear = dayIn({ year: now.year, month }, day);
  if (thisYear !== undefined && thisYear >= base) return { kind: 'day', day: thisYear };
  // 29 February without a year is that of the next leap year, if that is this year or the next.
  const nextYear = dayIn({ year: now.year + 1, month }, day);
  return nextYear === undefined ? impossible : { kind: 'day', day: nextYear };
}

const impossible: Reading = { kind: 'impossible', remark: 'There is no such day.' };

function readingOf(month: YearMonth, day: number): Reading {
  const found = dayIn(month, day);
  return found === undefined ? impossible : { kind: 'day', day: found };
}

/** “the 15th”: of this month, or of the next where it is past. */
function nextDayOfMonth(day: number, text: string, base: number): Reading {
  if (day < 1 || day > 31) return impossible;
  const now = yearMonthOf(base);
  const isNextMonth = /next month|nächsten monats|kommenden monats/u.test(text);
  const start = isNextMonth || day < dayOfMonth(base) ? 1 : 0;
  const month = plusMonths(now, start);
  return day > dayOfMonth(lastDayOf(month)) ? impossible : readingOf(month, day);
}
