/** A number of a chart as text: dates as ISO 8601, shares of a hundred as per cent, others without the noise of binary fractions. */
export function shownValue(raw: string, format: string | undefined, isFrom1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw.trim();
  // Text in a format is quoted or escaped, colours and conditions stand in brackets.
  const code = (format ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '').toLowerCase();
  if (/[dy]/.test(code) && !code.includes('general')) return dateOf(value, isFrom1904);
  if (code.includes('%')) return `${shortest(value * 100)}%`;
  return shortest(value);
}

/** Serial days count from 1899-12-30, or from 1904-01-01 where the chart says so. */
function dateOf(serial: number, isFrom1904: boolean): string {
  if (serial < 0 || serial > 2_958_466) return shortest(serial);
  const days = Math.floor(serial) + (isFrom1904 ? daysTo1904 : daysTo1900);
  return isoDateOf(days);
}

const daysTo1900 = -25_569;
const daysTo1904 = -24_107;

/** The date of a day counted from 1970-01-01, by the civil calendar (Hinnant, “chrono-compatible low-level date algorithms”). */
function isoDateOf(days: number): string {
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
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function shortest(value: number): string {
  return String(Number(value.toPrecision(15)));
}
