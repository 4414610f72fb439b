import { childOf, type XmlElement } from '../../xml.ts';
import { formatBullet, formatNumber } from '../docx/number-format.ts';
import { firstInChain, type LevelStyle, levelStyleOf, type StyleChain } from './styles.ts';

/** The bullet or number of a paragraph as shown. */
export interface Mark {
  readonly level: number;
  readonly marker: string;
}

/** Counts the numbered paragraphs of one text body. */
export interface Bullets {
  /** The mark of the next paragraph with text, `undefined` if it has none. */
  next(paragraph: XmlElement, chain: StyleChain): Mark | undefined;
}

interface Count {
  readonly scheme: string;
  readonly startAt: number;
  value: number;
}

/** A number goes on with that of the paragraph before on the same level, past deeper ones; anything else starts anew. */
export function createBullets(): Bullets {
  const counts: (Count | undefined)[] = [];
  return {
    next(paragraph, chain) {
      const level = levelOf(paragraph);
      const bullet = bulletOf(paragraph, level, chain);
      counts.length = Math.min(counts.length, level + 1);
      if (bullet?.kind !== 'number') {
        counts.length = Math.min(counts.length, level);
        return bullet?.kind === 'character' ? { level, marker: bullet.text } : undefined;
      }
      const { scheme, startAt } = bullet;
      const before = counts[level];
      const goesOn = before?.scheme === scheme && before.startAt === startAt;
      const value = goesOn ? before.value + 1 : startAt;
      counts[level] = { scheme, startAt, value };
      return { level, marker: numberAs(scheme, value) };
    },
  };
}

/** From 0. */
export function levelOf(paragraph: XmlElement): number {
  const level = Number(childOf(paragraph, 'a:pPr')?.attributes['lvl'] ?? 0);
  return Number.isInteger(level) && level >= 0 && level <= 8 ? level : 0;
}

type Bullet =
  | { readonly kind: 'character'; readonly text: string }
  | { readonly kind: 'number'; readonly scheme: string; readonly startAt: number };

function bulletOf(paragraph: XmlElement, level: number, chain: StyleChain): Bullet | undefined {
  const own = levelStyleOf(childOf(paragraph, 'a:pPr'));
  const of = <T>(read: (style: LevelStyle) => T | undefined) =>
    read(own) ?? firstInChain(chain, level, read);
  const bullet = of((style) => style.bullet);
  switch (bullet?.name) {
    case 'a:buChar': {
      const font = of((style) => style.font);
      return { kind: 'character', text: characterAs(bullet.attributes['char'] ?? '', font ?? '') };
    }
    case 'a:buBlip':
      return { kind: 'character', text: '•' };
    case 'a:buAutoNum': {
      const startAt = Number(bullet.attributes['startAt'] ?? 1);
      const isUsable = Number.isInteger(startAt) && startAt >= 1 && startAt <= 32_767;
      const scheme = bullet.attributes['type'] ?? 'arabicPeriod';
      return { kind: 'number', scheme, startAt: isUsable ? startAt : 1 };
    }
    default:
      return undefined;
  }
}

/** Symbol fonts have their own signs in the places of letters. */
function characterAs(text: string, font: string): string {
  const code = text.codePointAt(0);
  if (code === undefined) return '•';
  const isSymbolFont = /^(?:wingdings|webdings|symbol)/i.test(font) && code < 0x100;
  return formatBullet(isSymbolFont ? String.fromCodePoint(0xf000 + code) : text);
}

const formats: readonly (readonly [start: string, format: string])[] = [
  ['alphaLc', 'lowerLetter'],
  ['alphaUc', 'upperLetter'],
  ['romanLc', 'lowerRoman'],
  ['romanUc', 'upperRoman'],
];

/** ST_TextAutonumberScheme (ECMA-376 20.1.10.61); numbers of other scripts are given in digits. */
function numberAs(scheme: string, value: number): string {
  const format = formats.find(([start]) => scheme.startsWith(start))?.[1] ?? 'decimal';
  const number = formatNumber(value, format);
  if (scheme.endsWith('ParenBoth')) return `(${number})`;
  if (scheme.endsWith('ParenR')) return `${number})`;
  if (scheme.endsWith('Plain')) return number;
  return scheme.endsWith('Minus') ? `${number}-` : `${number}.`;
}
