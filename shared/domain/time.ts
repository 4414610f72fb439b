const dayInMs = 86_400_000;

/** UTC day of an instant as `YYYY-MM-DD`. Arithmetic only: the domain has no clock and no calendar of the platform. */
export function dayOf(instantInMs: number): string {
  const { year, month, day } = civilOf(Math.floor(instantInMs / dayInMs));
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Instant as RFC 3339 with milliseconds, in UTC: `2026-11-21T08:30:00.000Z`. */
export function isoOf(instantInMs: number): string {
  const inDay = ((instantInMs % dayInMs) + dayInMs) % dayInMs;
  const part = (unitInMs: number, modulus: number) => Math.floor(inDay / unitInMs) % modulus;
  const time = [part(3_600_000, 24), part(60_000, 60), part(1_000, 60)].map(two).join(':');
  return `${dayOf(instantInMs)}T${time}.${String(part(1, 1_000)).padStart(3, '0')}Z`;
}

/** Day of the proleptic Gregorian calendar, counted from 1970-01-01 (H. Hinnant, “chrono-compatible low-level date algorithms”). */
function civilOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
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
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
