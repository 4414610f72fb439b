import { isoDateOf, unixDayOf } from '#shared/domain/civil-date.ts';

export type DayOrder = 'day-first' | 'month-first';

export interface WrittenDate {
  /** ISO 8601. */
  readonly date: string;
  /** Day and month could change places. */
  readonly isAmbiguous: boolean;
  /** The century is not written. */
  readonly isShortYear: boolean;
}

const monthStems: readonly string[] = [
  'jan|janv|ene|gen|januari',
  'feb|fév|fev|feb|febrero',
  'mar|mär|mrz|mars|maart|mrt',
  'apr|avr|abr',
  'may|mai|mag|mei|mayo|maio',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|août|aout|ago',
  'sep|set',
  'oct|okt|ott|out',
  'nov',
  'dec|dez|déc|dic',
];

/** Reads a text that is a date and nothing else. */
export function readDate(text: string, order: DayOrder | undefined): WrittenDate | undefined {
  const trimmed = text
    .normalize('NFC')
    .trim()
    .replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/u, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u.exec(trimmed);
  if (iso !== null) return dateOf({ year: iso[1], month: iso[2], day: iso[3] });
  return readNumeric(trimmed, order) ?? readNamed(trimmed);
}

/** The order that a date shows beyond doubt. */
export function dayOrderOf(text: string): DayOrder | undefined {
  const match = /^\s*(\d{1,2})([/-])(\d{1,2})\2\d{2,4}\s*$/u.exec(text);
  if (match === null) return undefined;
  if (Number(match[1]) > 12) return 'day-first';
  return Number(match[3]) > 12 ? 'month-first' : undefined;
}

function readNumeric(text: string, order: DayOrder | undefined): WrittenDate | undefined {
  const match = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$/u.exec(text);
  if (match === null) return undefined;
  const [, first, sign, second, year] = match;
  // With points the day comes first wherever they are used.
  const own = sign === '.' ? 'day-first' : dayOrderOf(text);
  const isDayFirst = (own ?? order ?? 'day-first') === 'day-first';
  const date = dateOf({
    year,
    month: isDayFirst ? second : first,
    day: isDayFirst ? first : second,
  });
  return date === undefined
    ? undefined
    : { ...date, isAmbiguous: own === undefined && first !== second };
}

function readNamed(text: string): WrittenDate | undefined {
  const dayFirst =
    /^(\d{1,2})(?:\.|st|nd|rd|th|º|er)?[\s-]*(?:de\s+)?(\p{L}{3,})\.?,?[\s-]*(?:de\s+)?(\d{4}|\d{2})$/iu.exec(
      text,
    );
  const monthFirst = /^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu.exec(text);
  const [day, name, year] =
    dayFirst === null ? [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]] : dayFirst.slice(1);
  if (name === undefined) return undefined;
  const at = monthStems.findIndex((stems) =>
    stems.split('|').some((stem) => name.toLowerCase().startsWith(stem)),
  );
  return at === -1 ? undefined : dateOf({ year, month: String(at + 1), day });
}

function dateOf(parts: {
  year: string | undefined;
  month: string | undefined;
  day: string | undefined;
}): WrittenDate | undefined {
  const isShortYear = parts.year?.length === 2;
  const short = Number(parts.year) + (Number(parts.year) < 70 ? 2_000 : 1_900);
  const year = isShortYear ? short : Number(parts.year);
  const date = [
    String(year).padStart(4, '0'),
    String(Number(parts.month)).padStart(2, '0'),
    String(Number(parts.day)).padStart(2, '0'),
  ].join('-');
  // 31 February is no day.
  if (isoDateOf(unixDayOf(date)) !== date) return undefined;
  return { date, isAmbiguous: false, isShortYear };
}
