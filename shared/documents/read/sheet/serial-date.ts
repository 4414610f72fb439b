/** How much of a serial date a number format shows. */
export interface DateParts {
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  /** Whether it shows fractions of a second. */
  readonly hasFraction: boolean;
}

const dayInMs = 86_400_000;
/** Day 0 of each epoch, in days since 1970-01-01. */
const epochs = { 1900: -25_569, 1904: -24_107 } as const;
/** 9999-12-31. */
const lastDay = 2_932_896;

/**
 * The ISO 8601 text of a serial date: days since the epoch and the fraction of a day (ECMA-376 part 1, 18.17.4). The epoch of 1900 counts
 * a 29th of February 1900 that never was; it is given as the programs show it. `undefined` for what no program shows as a date.
 */
export function isoOfSerial(
  serial: number,
  { hasDate, hasTime, hasFraction }: DateParts,
  epoch: keyof typeof epochs,
): string | undefined {
  const unitInMs = hasFraction ? 1 : 1_000;
  // Without a time of day nothing is rounded up: the day shown is the day that has begun.
  const timeInMs = hasTime
    ? Math.round((serial * dayInMs) / unitInMs) * unitInMs
    : Math.floor(serial) * dayInMs;
  const day = Math.floor(timeInMs / dayInMs);
  const unixDay = day + epochs[epoch];
  if (!(serial >= 0) || unixDay > lastDay) return undefined;
  const time = hasTime ? clockOf(timeInMs - day * dayInMs) : '';
  if (!hasDate) return time === '' ? undefined : time;
  const date = epoch === 1900 && day <= 60 ? earlyDate(day) : isoOfUnixDay(unixDay);
  return time === '' ? date : `${date}T${time}`;
}

/** Before the day that never was, every date is one day nearer to the epoch. */
function earlyDate(day: number): string {
  return day === 60 ? '1900-02-29' : isoOfUnixDay(day + 1 + epochs[1900]);
}

/** Proleptic Gregorian calendar, with years that begin in March so that the leap day is their last. */
function isoOfUnixDay(unixDay: number): string {
  const shifted = unixDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function clockOf(timeInMs: number): string {
  const seconds = Math.floor(timeInMs / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const fraction = timeInMs % 1_000;
  const clock = parts.map((part) => pad(part, 2)).join(':');
  return fraction === 0 ? clock : `${clock}.${pad(fraction, 3)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
