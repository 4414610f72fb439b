import {
  dayIn,
  dayOfMonth,
  firstDayOf,
  lastDayOf,
  mondayOf,
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

type Reader = (text: string, base: number) => Reading | undefined;

const friday = 5;
const nextWord = '(?:next|nächste[nrms]?|naechste[nr]?|nächster)';
const comingWord = '(?:coming|kommende[nrms]?)';
const thisWord = '(?:this|diese[nrms]?)';
const week = '(?:week|woche)';

/** In the order in which they are tried: what says more comes first. */
const readers: readonly Reader[] = [
  weekdayOfWeek,
  countedSpan,
  quarter,
  partOfMonth,
  partOfWeek,
  year,
  singleDays,
  weekday,
];

/** A day told from the day of the meeting: “tomorrow”, “Friday next week”, “end of March”, “Q3”, “in zwei Wochen”. */
export function relativeDay(text: string, base: number): Reading | undefined {
  for (const read of readers) {
    const reading = read(text, base);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

function day(value: number, remark?: string): Reading {
  return { kind: 'day', day: value, ...(remark === undefined ? {} : { remark }) };
}

const inWeek = new RegExp(
  `(?:(${weekdayPattern}) (?:of |in |der )?(?:the )?(${nextWord}|${comingWord}|${thisWord}) ${week})|(?:(${nextWord}|${comingWord}|${thisWord}) ${week},? (?:on |am )?(${weekdayPattern}))(?=[^\\p{L}]|$)|(?:(?:a )?week (?:on|from) (${weekdayPattern}))|(?:(${weekdayPattern}) week(?=\\W|$))|(?:(${weekdayPattern}) in einer woche)`,
  'u',
);

function weekdayOfWeek(text: string, base: number): Reading | undefined {
  const match = inWeek.exec(text);
  if (match === null) return undefined;
  const [, before, beforeWeek, behindWeek, behind, ...upcoming] = match;
  const later = upcoming.find((each) => each !== undefined);
  if (later !== undefined) return day(nextWeekday(base, weekdayNumber(later)) + 7);
  const number = weekdayNumber(before ?? behind ?? '');
  const isThis = new RegExp(`^${thisWord}$`, 'u').test(beforeWeek ?? behindWeek ?? '');
  return day(mondayOf(base) + (isThis ? 0 : 7) + number - 1);
}

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  ein: 1,
  eine: 1,
  einem: 1,
  einer: 1,
  'a couple of': 2,
  'the next': 1,
  two: 2,
  zwei: 2,
  three: 3,
  drei: 3,
  four: 4,
  vier: 4,
  five: 5,
  fünf: 5,
  six: 6,
  sechs: 6,
  seven: 7,
  sieben: 7,
  eight: 8,
  acht: 8,
  nine: 9,
  neun: 9,
  ten: 10,
  zehn: 10,
  twelve: 12,
  zwölf: 12,
  fourteen: 14,
  vierzehn: 14,
};
const numberWords = Object.keys(numbers)
  .toSorted((left, right) => right.length - left.length)
  .join('|');
const span = new RegExp(
  `(?<!\\p{L})(\\d{1,3}|${numberWords})(?: full| more)? (working days?|business days?|werktage?n?|arbeitstage?n?|days?|tage?n?|fortnights?|weeks?|wochen?|months?|monate?n?|monat|years?|jahre?n?)(?=[^\\p{L}]|$)`,
  'u',
);

/** “in two weeks”, “within 10 days”, “two weeks from now”; a span alone, such as “a two-week trial”, is none. */
function countedSpan(text: string, base: number): Reading | undefined {
  const isFromNow =
    /(?:^|\s)(?:in|within|innerhalb|binnen|inside)\s|from (?:now|today)|ab heute|from this meeting|'s? time/u.test(
      text,
    );
  const match = isFromNow ? span.exec(text) : undefined;
  if (match === undefined || match === null) return undefined;
  const count = numbers[match[1] ?? ''] ?? Number(match[1]);
  const unit = match[2] ?? '';
  if (/^(?:working|business|werk|arbeits)/u.test(unit)) {
    return day(plusWorkingDays(base, count), 'Public holidays are not reckoned with.');
  }
  if (/^(?:day|tag)/u.test(unit)) return day(base + count);
  if (/^fortnight/u.test(unit)) return day(base + 14 * count);
  if (/^(?:week|woche)/u.test(unit)) return day(base + 7 * count);
  const months = /^(?:year|jahr)/u.test(unit) ? 12 * count : count;
  const month = plusMonths(yearMonthOf(base), months);
  return day(dayIn(month, dayOfMonth(base)) ?? lastDayOf(month));
}

function plusWorkingDays(base: number, count: number): number {
  let at = base;
  for (let left = count; left > 0; ) {
    at += 1;
    if (weekdayOf(at) <= friday) left -= 1;
  }
  return at;
}

const quarterPattern =
  /(?<!\p{L})(?:q([1-4])|([1-4])(?:\.|st|nd|rd|th) (?:quartals?|quarter)|(first|second|third|fourth|erste[sn]?|zweite[sn]?|dritte[sn]?|vierte[sn]?) (?:quartals?|quarter))(?:,?(?: of)?\s?(\d{4}))?(?=[^\p{L}\d]|$)/u;
const quarterWords = ['first|erste', 'second|zweite', 'third|dritte', 'fourth|vierte'];

function quarter(text: string, base: number): Reading | undefined {
  const now = yearMonthOf(base);
  const match = quarterPattern.exec(text);
  if (match === null) {
    const isNext = new RegExp(`${nextWord} (?:quarter|quartals?)`, 'u').test(text);
    if (
      !isNext &&
      !/(?:end of|ende|this|the|dieses|des) (?:the |des |this |dieses )?(?:quarter|quartals)|quartalsende|quarter[- ]end/u.test(
        text,
      )
    ) {
      return undefined;
    }
    const last = Math.ceil(now.month / 3) * 3 + (isNext ? 3 : 0);
    return day(
      lastDayOf(plusMonths({ year: now.year, month: 1 }, last - 1)),
      'The last day of the quarter.',
    );
  }
  const word = (match[3] ?? '').replace(/(?<=erste|zweite|dritte|vierte)[sn]$/u, '');
  const number =
    Number(match[1] ?? match[2] ?? 0) ||
    quarterWords.findIndex((words) => words.split('|').includes(word)) + 1;
  const month = number * 3;
  const given = match[4] === undefined ? undefined : Number(match[4]);
  const year = given ?? (lastDayOf({ year: now.year, month }) >= base ? now.year : now.year + 1);
  return day(lastDayOf({ year, month }), 'The last day of the quarter.');
}

const namedMonth = new RegExp(
  `(?:(end of|late|ende|mid-?|middle of|mitte|beginning of|start of|early|anfang|by|in|until|before|bis|im|vor) ?(?:the )?(?:of )?)(${monthPattern})(?:,? (\\d{4}))?(?=[^\\p{L}\\d]|$)`,
  'u',
);
const relativeMonth = new RegExp(
  `(end of|ende|mid-?|middle of|mitte|beginning of|start of|anfang|within|in|by|bis|im)? ?(?:the |des |dem )?(${nextWord}|${comingWord}|${thisWord}|the|des|of)? ?(month|monats?|monatsende|month-end)(?=[^\\p{L}]|$)`,
  'u',
);

function partOfMonth(text: string, base: number): Reading | undefined {
  const named = namedMonth.exec(text);
  if (named !== null) {
    const year = named[3] === undefined ? undefined : Number(named[3]);
    return partOf(monthFrom(base, monthNumber(named[2] ?? ''), year), named[1] ?? '');
  }
  const match = relativeMonth.exec(text);
  if (match === null) return undefined;
  const [, part = '', which = '', word = ''] = match;
  const isNext = new RegExp(`^(?:${nextWord}|${comingWord})$`, 'u').test(which);
  const isEnd = /monatsende|month-end/u.test(word);
  return partOf(plusMonths(yearMonthOf(base), isNext ? 1 : 0), isEnd ? 'end of' : part);
}

/** The month of the year that is named, or else the first that is not over. */
function monthFrom(base: number, month: number, year: number | undefined): YearMonth {
  const now = yearMonthOf(base);
  const isOver = lastDayOf({ year: now.year, month }) < base;
  return { month, year: year ?? (isOver ? now.year + 1 : now.year) };
}

function partOf(month: YearMonth, part: string): Reading {
  if (/^(?:mid|middle|mitte)/u.test(part))
    return day(firstDayOf(month) + 14, 'The middle is taken as the 15th.');
  if (/^(?:beginning|start|early|anfang)/u.test(part))
    return day(firstDayOf(month), 'The beginning is taken as the 1st.');
  if (/^(?:before|vor)/u.test(part)) return day(firstDayOf(month) - 1);
  const isEnd = /^(?:end|ende|late)/u.test(part);
  return day(lastDayOf(month), isEnd ? undefined : 'The month is taken to its last day.');
}

const weekPart = new RegExp(
  `(?:(?:end of|late|ende|später|by|until|in|within|bis|during) )?(?:the |der )?(?:(${nextWord}|${comingWord})|(${thisWord}|the|der|of)) ${week}(?=[^\\p{L}]|$)|end of (?:the )?week|wochenende|ende der woche`,
  'u',
);

function partOfWeek(text: string, base: number): Reading | undefined {
  const number = /(?:kw|calendar week|kalenderwoche) ?(\d{1,2})(?!\d)/u.exec(text)?.[1];
  if (number !== undefined) return calendarWeek(Number(number), base);
  const match = weekPart.exec(text);
  if (match === null) return undefined;
  const isStart = /(?:beginning|start|early|anfang)/u.test(text);
  const monday = mondayOf(base) + (match[1] === undefined ? 0 : 7);
  const found = monday + (isStart ? 0 : friday - 1);
  if (found < base)
    return day(found + 7, 'The week of the meeting is over; the next one is taken.');
  return day(
    found,
    isStart ? 'The week is taken from its Monday.' : 'The week is taken to its Friday.',
  );
}

/** ISO 8601: the week with the first Thursday of the year is its first. */
function calendarWeek(number: number, base: number): Reading {
  const { year: thisYear } = yearMonthOf(base);
  const fridayIn = (inYear: number) => {
    const fourth = firstDayOf({ year: inYear, month: 1 }) + 3;
    return mondayOf(fourth) + (number - 1) * 7 + friday - 1;
  };
  if (number < 1 || number > 53) return { kind: 'impossible', remark: 'There is no such week.' };
  const found = fridayIn(thisYear) >= base ? fridayIn(thisYear) : fridayIn(thisYear + 1);
  return day(found, 'The week is taken to its Friday.');
}

function year(text: string, base: number): Reading | undefined {
  const now = yearMonthOf(base);
  const isEnd =
    /end of (?:the |this )?year|year[- ]end|jahresende|ende (?:des|dieses) jahres/u.test(text);
  if (isEnd) return day(lastDayOf({ year: now.year, month: 12 }));
  const isNext = /end of next year|ende (?:des )?nächsten jahres/u.test(text);
  if (isNext) return day(lastDayOf({ year: now.year + 1, month: 12 }));
  const given = /(?:end of|ende) (\d{4})(?!\d)/u.exec(text)?.[1];
  return given === undefined ? undefined : day(lastDayOf({ year: Number(given), month: 12 }));
}

const words: readonly (readonly [RegExp, number])[] = [
  [/day after tomorrow|(?<!\p{L})übermorgen(?!\p{L})/u, 2],
  [/(?<!\p{L})(?:tomorrow|morgen)(?!\p{L})/u, 1],
  [
    /(?<!\p{L})(?:today|tonight|eod|cob|end of (?:the )?(?:day|business)|close of business|this (?:morning|afternoon|evening)|heute|tagesende|feierabend)(?!\p{L})/u,
    0,
  ],
];

function singleDays(text: string, base: number): Reading | undefined {
  // “Friday end of day” is Friday.
  const named = new RegExp(`(?<!\\p{L})${weekdayPattern}(?=[^\\p{L}]|$)`, 'u').test(text);
  const isOnlyTime = named && !/tomorrow|übermorgen|heute|today/u.test(text);
  if (isOnlyTime) return undefined;
  const found = words.find(([pattern]) => pattern.test(text));
  return found === undefined ? undefined : day(base + found[1]);
}

const dayName = new RegExp(
  `(?:(${nextWord})|(${comingWord})|(${thisWord}))? ?(?<!\\p{L})(${weekdayPattern})(?=[^\\p{L}]|$)`,
  'u',
);

function weekday(text: string, base: number): Reading | undefined {
  const match = dayName.exec(text);
  if (match === null) return undefined;
  const number = weekdayNumber(match[4] ?? '');
  if (number === 0) return undefined;
  const upcoming = nextWeekday(base, number);
  if (match[1] !== undefined) {
    const inNextWeek = mondayOf(base) + 7 + number - 1;
    return upcoming === inNextWeek
      ? day(inNextWeek)
      : day(inNextWeek, '“Next” is taken as that day of the week after the meeting’s.');
  }
  return number === weekdayOf(base)
    ? day(upcoming, 'Said on the same day of the week; the one a week later is taken.')
    : day(upcoming);
}

/** The first such day behind the day of the meeting. */
function nextWeekday(base: number, number: number): number {
  return base + ((number - weekdayOf(base) + 6) % 7) + 1;
}
