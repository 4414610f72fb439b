import { stopWords } from '../language.ts';

/**
 * The words of a text as the index knows them: without case and accents, plurals as singulars, figures as digits only. Scripts without
 * spaces are cut into words by the segmenter of the platform, so that every language can be searched.
 */
export function termsOf(text: string): string[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !stopWords.has(word));
  // A question may be made of small words alone: “Who are we?”
  return (telling.length > 0 ? telling : words).map(stemOf);
}

const wordPattern = /\d+(?:[.,'’]\d+)*|[\p{L}\p{N}\p{M}]+/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function wordsOf(text: string): string[] {
  return [...text.normalize('NFKC').toLowerCase().matchAll(wordPattern)].flatMap(([word]) => {
    // `4,210` is found as `4210`.
    if (/^\d/u.test(word)) return [word.replace(/[.,'’]/gu, '')];
    return unspaced.test(word) ? segmentsOf(word) : [withoutAccents(word)];
  });
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

function segmentsOf(run: string): string[] {
  return [...segmenter.segment(run)].flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}

/** Accents of Latin, Greek and Cyrillic letters; vowel signs of other scripts are letters of their own right. */
function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/[\u0300-\u036f]/gu, '');
}

/** Plurals of English and, by the same endings, of French, Spanish and Portuguese (Harman's S-stemmer). */
function stemOf(word: string): string {
  if (word.length <= 3 || !/[a-z]s$/u.test(word)) return word;
  if (/[^ae]ies$/u.test(word)) return `${word.slice(0, -3)}y`;
  return /(?:us|ss)$/u.test(word) ? word : word.slice(0, -1);
}
