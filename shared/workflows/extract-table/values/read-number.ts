export type DecimalSign = '.' | ',';

/** A number as it was written. */
export interface WrittenNumber {
  readonly value: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly isPercent: boolean;
  /** Whether it has digits behind a decimal sign. */
  readonly hasFraction: boolean;
  /** It would be another number with the other decimal sign: `1.250`. */
  readonly isAmbiguous: boolean;
}

const currencySigns: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  zł: 'PLN',
  Kč: 'CZK',
};
const currencyCodes = new Set(
  'EUR USD GBP CHF JPY SEK NOK DKK PLN CZK HUF RON BGN TRY AUD CAD NZD CNY HKD SGD INR KRW BRL MXN ZAR AED SAR ILS THB'.split(
    ' ',
  ),
);

/** Reads a text that is a number and nothing else, but for a currency, a percent sign and the ways to write a minus. */
export function readNumber(
  text: string,
  decimal: DecimalSign | undefined,
): WrittenNumber | undefined {
  const { rest, currency } = takeCurrency(text.normalize('NFKC').replace(/[−–]/gu, '-').trim());
  const isPercent = /^.*\d\s*%\)?-?$/u.test(rest);
  const bare = rest.replace('%', '').trim();
  const match = /^(\()?\s*([-+])?\s*(\d[\d.,'’\s]*)(-)?\s*(\))?$/u.exec(bare);
  if (match === null) return undefined;
  const [, opening, sign, written = '', trailing, closing] = match;
  if ((opening === undefined) !== (closing === undefined)) return undefined;
  const digits = readDigits(written.replace(/[\s'’]/gu, ''), decimal);
  if (digits === undefined) return undefined;
  const isNegative = opening !== undefined || sign === '-' || trailing !== undefined;
  const magnitude = isPercent ? percentOf(digits.text) : Number(digits.text);
  return {
    value: isNegative ? 0 - magnitude : magnitude,
    ...(currency === undefined ? {} : { currency }),
    isPercent,
    hasFraction: digits.text.includes('.'),
    isAmbiguous: digits.isAmbiguous,
  };
}

/** The decimal sign that a number shows beyond doubt: `1,250.00`, `12,5`. */
export function decimalSignOf(text: string): DecimalSign | undefined {
  const digits = /\d[\d.,]*\d/u.exec(text)?.[0] ?? '';
  const signs: readonly string[] = digits.match(/[.,]/gu) ?? [];
  const last = signs.at(-1) as DecimalSign | undefined;
  if (last === undefined) return undefined;
  const other: DecimalSign = last === '.' ? ',' : '.';
  if (signs.includes(other)) return last;
  // Several of one kind set thousands apart.
  if (signs.length > 1) return other;
  const [whole = '', fraction = ''] = digits.split(last);
  if (fraction.length !== 3) return last;
  return whole.length > 3 || whole === '0' ? last : undefined;
}

function takeCurrency(text: string): { rest: string; currency?: string } {
  for (const [sign, currency] of Object.entries(currencySigns)) {
    if (text.includes(sign)) return { rest: text.replace(sign, '').trim(), currency };
  }
  const code = /(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/u.exec(text)?.[0];
  if (code === undefined || !currencyCodes.has(code)) return { rest: text };
  return { rest: text.replace(code, '').trim(), currency: code };
}

function readDigits(
  written: string,
  decimal: DecimalSign | undefined,
): { text: string; isAmbiguous: boolean } | undefined {
  const own = decimalSignOf(written);
  const hasSign = /[.,]/u.test(written);
  const sign = own ?? decimal ?? '.';
  const grouping = sign === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = written.split(sign);
  if (more.length > 0 || fraction?.includes(grouping) === true) return undefined;
  const groups = whole.split(grouping);
  const isGrouped = groups.every((group, index) =>
    index === 0 ? group.length > 0 : group.length === 3 || group.length === 2,
  );
  if (!isGrouped) return undefined;
  const text = `${groups.join('')}${fraction === undefined || fraction === '' ? '' : `.${fraction}`}`;
  return { text, isAmbiguous: hasSign && own === undefined };
}

/** Moved by two digits as text: `12.3 / 100` is not 0.123 in binary. */
function percentOf(digits: string): number {
  return Number(`${digits}e-2`);
}
