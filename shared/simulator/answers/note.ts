import { stopWords } from '#shared/workflows/language.ts';
import type { NoteKind } from '#shared/workflows/summarize/schemas.ts';
import type { FoundNumber } from './number-facts.ts';
import { wordsOf } from './sentences.ts';

/** A note as the answer to `summarize.notes` has it. */
export interface AnsweredNote {
  readonly text: string;
  readonly quote: string;
  readonly unit: string;
  readonly kind: NoteKind;
  readonly weight: number;
  readonly number?: FoundNumber;
}

/** The number in a fact such as `at most 12`. */
export function limitOf(fact: string | undefined, otherwise: number): number {
  const digits = /\d+/u.exec(fact ?? '')?.[0];
  return digits === undefined ? otherwise : Number(digits);
}

/** Share of the words of the shorter text that the other has too, small words left out. */
export function overlap(left: string, right: string): number {
  const leftWords = contentSet(left);
  const rightWords = contentSet(right);
  const shorter = Math.min(leftWords.size, rightWords.size);
  if (shorter === 0) return 0;
  return [...leftWords].filter((word) => rightWords.has(word)).length / shorter;
}

function contentSet(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter((word) => !stopWords.has(word)));
}
