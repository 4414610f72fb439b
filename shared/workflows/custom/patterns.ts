import { figuresIn } from '../figures.ts';
import type { patternNames } from './definition.ts';

export type PatternName = (typeof patternNames)[number];

/** Texts of a kind that code finds by their form alone, each where its form is sound: check digits hold, parts are of the right length. */
export function findPattern(name: PatternName, text: string): string[] {
  const { pattern, isSound = () => true } = patterns[name];
  return [...text.matchAll(pattern)].map(([found]) => found.trim()).filter(isSound);
}

interface Pattern {
  readonly pattern: RegExp;
  readonly isSound?: (text: string) => boolean;
}

const patterns: Readonly<Record<PatternName, Pattern>> = {
  email: {
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  phone: {
    pattern:
      /(?<![\p{L}\p{N}+])(?:\+|00|\(0|0)\(?\d{1,4}\)?(?:[ \u00a0./-]{0,3}\(?\d{1,5}\)?){1,6}(?![\p{L}\p{N}])/gu,
    isSound: isPhone,
  },
  iban: {
    pattern: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{2,4}){3,8}(?![\p{L}\p{N}])/gu,
    isSound: isIban,
  },
  card: {
    pattern: /(?<![\p{L}\p{N}])\d(?:[ \u00a0-]?\d){12,18}(?![\p{L}\p{N}])/gu,
    isSound: isCard,
  },
  'ip-address': {
    pattern: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/gu,
    isSound: (text) => text.split('.').every((part) => Number(part) <= 255),
  },
};

/** Eight to fifteen digits (E.164); a date or an amount has another form. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  const isDate = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(text) || /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isAmount = figuresIn(text).length === 1 && /[.,]\d{2}$/.test(text);
  return digits >= 8 && digits <= 15 && !isDate && !isAmount;
}

/** ISO 13616: the number, its first four characters moved to the end and letters as figures, is 1 modulo 97. */
function isIban(text: string): boolean {
  const plain = text.replace(/\s/gu, '');
  if (plain.length < 15 || plain.length > 34) return false;
  const moved = `${plain.slice(4)}${plain.slice(0, 4)}`;
  const figures = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return [...figures].reduce((rest, figure) => (rest * 10 + Number(figure)) % 97, 0) === 1;
}

/** ISO/IEC 7812: the Luhn sum is a multiple of ten. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (/^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
