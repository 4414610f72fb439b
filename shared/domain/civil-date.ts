/**
 * Date of the n-th day after 1970-01-01, which may be before it, as `YYYY-MM-DD` in the proleptic Gregorian calendar. Arithmetic only:
 * the domain and the readers have no calendar of the platform (H. Hinnant, “chrono-compatible low-level date algorithms”).
 */
export function isoDateOf(unixDay: number): string {
  const shifted = unixDay + daysBefore1970;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [pad(year, 4), pad(month, 2), pad(day, 2)].join('-');
}

/** The day that {@link isoDateOf} writes so. What is missing of `YYYY-MM-DD` is the first month or day. */
export function unixDayOf(isoDate: string): number {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * daysPerEra + yearOfEra * 365 + leapDays + dayOfYear - daysBefore1970;
}

/** Of 400 years. Years begin in March here, so that the leap day is their last. */
const daysPerEra = 146_097;
/** From 1 March of the year 0. */
const daysBefore1970 = 719_468;

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
