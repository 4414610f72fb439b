import { isoDateOf } from '#shared/domain/civil-date.ts';

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

function shortest(value: number): string {
  return String(Number(value.toPrecision(15)));
}
