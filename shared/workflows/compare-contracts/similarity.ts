import { wordsOf } from '../word-changes.ts';

/** The words of a text with how often each stands in it. */
export interface WordBag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

export function wordBagOf(text: string): WordBag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const word of wordsOf(text)) {
    if (!/[\p{L}\p{N}]/u.test(word)) continue;
    const lower = word.toLowerCase();
    counts.set(lower, (counts.get(lower) ?? 0) + 1);
    size += 1;
  }
  return { counts, size };
}

/** Share of the words that two texts have in common, from 0 to 1, whatever their order. */
export function similarity(left: WordBag, right: WordBag): number {
  const [small, large] = left.counts.size < right.counts.size ? [left, right] : [right, left];
  if (left.size + right.size === 0) return 1;
  let common = 0;
  for (const [word, count] of small.counts) common += Math.min(count, large.counts.get(word) ?? 0);
  return (2 * common) / (left.size + right.size);
}

/** A text as a reader sees it: white space, quotation marks and dashes as the plain ones, what is invisible left out. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/[‘’‚‛′`´]/gu, "'")
    .replace(/[“”„‟«»″]/gu, '"')
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A number at the beginning of a paragraph that was typed, not made by the program: `7.2`, `7.`, `(a)`. */
const typedNumber = /^(?:\d+(?:\.\d+)+\.?|\d+[.)]|\([a-z\d]{1,4}\)|[a-z]\))\s+/iu;

/** The number that a text begins with, if one was typed. */
export function typedNumberOf(text: string): string | undefined {
  return typedNumber.exec(text.trimStart())?.[0].trim();
}

export function withoutTypedNumber(text: string): string {
  return text.replace(typedNumber, '');
}
