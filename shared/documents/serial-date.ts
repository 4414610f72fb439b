import { isoDateOf, unixDayOf } from '#shared/domain/civil-date.ts';
import { clockOf } from '#shared/domain/time.ts';

/** How much of a serial date a number format shows. */
export interface DateParts {
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  /** Whether it shows fractions of a second. */
  readonly hasFraction: boolean;
}

/** What the day 0 of a workbook is: the day before 1900-01-01 or 1904-01-01 itself. */
export type DateEpoch = 1900 | 1904;

/** Day 0 of each epoch, in days since 1970-01-01: of 1900 as it counts from {@link firstOfMarch1900} on. */
const epochs: Readonly<Record<DateEpoch, number>> = { 1900: -25_569, 1904: -24_107 };
const dayInMs = 86_400_000;
/** 9999-12-31. */
const lastDay = 2_932_896;
/** From here on, serials of the epoch of 1900 are one more than days: it counts a 29th of February 1900 that never was. */
const firstOfMarch1900 = 61;

/**
 * The ISO 8601 text of a serial date: days since the epoch and the fraction of a day (ECMA-376 part 1, 18.17.4). The 29th of February
 * 1900 is given as the programs show it. `undefined` for what no program shows as a date.
 */
export function isoOfSerial(
  serial: number,
  { hasDate, hasTime, hasFraction }: DateParts,
  epoch: DateEpoch,
): string | undefined {
  const unitInMs = hasFraction ? 1 : 1_000;
  // Without a time of day nothing is rounded up: the day shown is the day that has begun.
  const timeInMs = hasTime
    ? Math.round((serial * dayInMs) / unitInMs) * unitInMs
    : Math.floor(serial) * dayInMs;
  const day = Math.floor(timeInMs / dayInMs);
  if (!(serial >= 0) || day + epochs[epoch] > lastDay) return undefined;
  const time = hasTime ? clockWithFraction(timeInMs - day * dayInMs) : '';
  if (!hasDate) return time === '' ? undefined : time;
  const date = dateOfDay(day, epoch);
  return time === '' ? date : `${date}T${time}`;
}

/**
 * Serial of a day in the 1900 date system (ISO 29500-1, 18.17.4.1); `undefined` before 1900, where it has none.
 *
 * @param date `YYYY-MM-DD`
 */
export function serialOfDate(date: string): number | undefined {
  const serial = unixDayOf(date) - epochs[1900];
  if (serial >= firstOfMarch1900) return serial;
  return serial > 1 ? serial - 1 : undefined;
}

/**
 * The same with the time as a fraction of the day.
 *
 * @param datetime `YYYY-MM-DDTHH:mm`, with seconds and their fraction or without
 */
export function serialOfDatetime(datetime: string): number | undefined {
  const [date = '', time = ''] = datetime.split('T');
  const day = serialOfDate(date);
  if (day === undefined) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return day + (hours * 3_600 + minutes * 60 + seconds) / 86_400;
}

function dateOfDay(day: number, epoch: DateEpoch): string {
  const unixDay = day + epochs[epoch];
  if (epoch === 1904 || day >= firstOfMarch1900) return isoDateOf(unixDay);
  return day === firstOfMarch1900 - 1 ? '1900-02-29' : isoDateOf(unixDay + 1);
}

function clockWithFraction(timeInMs: number): string {
  const fraction = timeInMs % 1_000;
  const clock = clockOf(timeInMs);
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(3, '0')}`;
}
