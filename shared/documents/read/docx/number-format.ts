import { romanNumeral } from '../roman-numeral.ts';

/** A number in one of Word's number formats (ST_NumberFormat); formats of other scripts are given in digits. */
export function formatNumber(value: number, format: string): string {
  return (formats[format] ?? String)(value);
}

/** The bullet that a reader sees. Symbol fonts keep theirs in the private use area, at the same places in every file. */
export function formatBullet(text: string): string {
  const code = text.codePointAt(0) ?? 0xf0b7;
  return isPrivate(code) ? (privateBullets[code & 0xff] ?? '•') : text;
}

const formats: Readonly<Record<string, (value: number) => string>> = {
  decimalZero: (value) => String(value).padStart(2, '0'),
  lowerLetter: letters,
  upperLetter: (value) => letters(value).toUpperCase(),
  lowerRoman: romanNumeral,
  upperRoman: (value) => romanNumeral(value).toUpperCase(),
  ordinal: (value) => `${value}${ordinalSuffix(value)}`,
  none: () => '',
};

const privateBullets: Readonly<Record<number, string>> = {
  110: '■',
  113: '❑',
  118: '❖',
  167: '▪',
  168: '◻',
  216: '➢',
  224: '→',
  252: '✓',
};

function isPrivate(code: number): boolean {
  return code >= 0xe000 && code <= 0xf8ff;
}

/** a … z, aa, bb …: Word repeats the letter. */
function letters(value: number): string {
  if (value < 1 || value > 26 * 30) return String(value);
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
}

function ordinalSuffix(value: number): string {
  const isTeen = Math.floor((value % 100) / 10) === 1;
  return (isTeen ? undefined : ['th', 'st', 'nd', 'rd'][value % 10]) ?? 'th';
}
