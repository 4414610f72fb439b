import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import { protectedSpans } from '#shared/workflows/translate/protected-texts.ts';

/** A term with its translation. */
export interface Term {
  readonly term: string;
  readonly translation: string;
}

export interface PseudoRules {
  /** As a fact of the prompt names it. */
  readonly language: string;
  /** Longest first. */
  readonly terms: readonly Term[];
  readonly kept: readonly string[];
}

/**
 * A text as if it were translated: its letters have accents, others for each language, so that a reader sees what was reached. Tags, figures,
 * placeholders, addresses and texts to be kept stay as they are, and terms get their translation.
 */
export function pseudoText(text: string, rules: PseudoRules): string {
  const said = text
    .split(tagPattern)
    .map((piece, index) =>
      index % 2 === 1 ? piece : escapeText(localize(withoutTags(piece), rules)),
    )
    .join('');
  return said === text && /\p{L}/u.test(withoutTags(text)) ? `${text} ·` : said;
}

const tagPattern = /(<\/?[gx][0-9]{1,6}\s*\/?>)/;

function localize(text: string, { language, terms, kept }: PseudoRules): string {
  const accents = accentsOf(language);
  let at = 0;
  const pieces: string[] = [];
  for (const { from, to } of protectedSpans(text, kept)) {
    pieces.push(translateWords(text.slice(at, from), terms, accents), text.slice(from, to));
    at = to;
  }
  pieces.push(translateWords(text.slice(at), terms, accents));
  return pieces.join('');
}

function translateWords(text: string, terms: readonly Term[], accents: Accents): string {
  const [first, ...others] = terms;
  if (first === undefined) return accent(text, accents);
  const escaped = first.term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const ending = '(?:s|es|n|en|e|’s)?';
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}${ending}(?![\\p{L}\\p{N}])`, 'giu');
  return text
    .split(pattern)
    .map((piece) => translateWords(piece, others, accents))
    .join(first.translation);
}

type Accents = ReadonlyMap<string, string>;

const plain = 'aeioucnsyzlrtdgAEIOUCNSYZLRTDG';
const variants = [
  'áéíóúçñśýžłŕťďğÁÉÍÓÚÇÑŚÝŽŁŔŤĎĞ',
  'àèìòùćňšÿźľřţđĝÀÈÌÒÙĆŇŠŸŹĽŘŢĐĜ',
  'âêîôûčńşŷżĺŗŧďģÂÊÎÔÛČŃŞŶŻĹŖŦĎĢ',
  'äëïöüĉņŝýžļŕťđġÄËÏÖÜĈŅŜÝŽĻŔŤĐĠ',
];

function accentsOf(language: string): Accents {
  const sum = [...language].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const variant = [...(variants[sum % variants.length] ?? '')];
  return new Map([...plain].map((letter, index) => [letter, variant[index] ?? letter]));
}

function accent(text: string, accents: Accents): string {
  return [...text].map((letter) => accents.get(letter) ?? letter).join('');
}
