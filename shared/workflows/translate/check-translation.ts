import { parseTagged, type TaggedPiece, withoutTags } from '#shared/domain/inline-tags.ts';
import { countWords, guessLanguage, stopWords } from '../language.ts';
import { hasTerm, type TermPair } from './glossary.ts';
import { hasSameNumbers } from './numbers.ts';
import { countExact, placeholdersIn, urlsIn, withoutProtected } from './protected-texts.ts';
import type { FaultKind } from './schemas.ts';

/** What a translation is held against. */
export interface Original {
  /** As the model sees it. */
  readonly text: string;
  /** Language tags; `auto` for a source that cannot be told. */
  readonly source: string;
  readonly language: string;
  /** Terms of the glossary that occur in it. */
  readonly terms: readonly TermPair[];
  /** Texts that must stay as they are. */
  readonly kept: readonly string[];
}

/** A translation with none but these is delivered, and they are told. With any other it is not: the source text is the smaller harm. */
const mildKinds: ReadonlySet<FaultKind> = new Set(['glossary', 'language', 'length']);

export function isGrave(kind: FaultKind): boolean {
  return !mildKinds.has(kind);
}

/** What is wrong with a translation, told by program alone; none for a good one. */
export function faultsOf(original: Original, translation: string): FaultKind[] {
  const source = withoutTags(original.text);
  const target = withoutTags(translation);
  if (target.trim() === '') return ['missing'];
  const { terms, kept, language } = original;
  const checks: readonly (readonly [FaultKind, boolean])[] = [
    ['tags', hasSameTags(original.text, translation)],
    ['placeholders', isSameBag(placeholdersIn(source), placeholdersIn(target))],
    ['urls', isSameBag(urlsIn(source), urlsIn(target))],
    ['numbers', hasSameNumbers(withoutProtected(source), withoutProtected(target), language)],
    [
      'do-not-translate',
      kept.every((each) => countExact(target, each) >= countExact(source, each)),
    ],
    ['glossary', terms.every((term) => hasTerm(target, term))],
    ['untranslated', isChanged(original, { source, target })],
    ['language', isOfLanguage(original, { source, target })],
    ['length', isOfLength(source, target)],
  ];
  return checks.flatMap(([kind, isGood]) => (isGood ? [] : [kind]));
}

/** Whether the tags are those of the source: each once, well nested, inside the tag it came in, and what is no text in its order. */
export function hasSameTags(source: string, translation: string): boolean {
  const wanted = tagsOf(source);
  const got = tagsOf(translation);
  if (wanted === undefined || got === undefined) return false;
  return isSameBag(wanted.nested, got.nested) && wanted.marks.join() === got.marks.join();
}

interface Tags {
  /** Each tag with the one that it is in. */
  readonly nested: string[];
  readonly marks: number[];
}

function tagsOf(text: string): Tags | undefined {
  const tags: Tags = { nested: [], marks: [] };
  const visit = (pieces: readonly TaggedPiece[], parent: number) => {
    for (const piece of pieces) {
      if (piece.type === 'text') continue;
      tags.nested.push(`${parent} ${piece.type} ${piece.tag}`);
      if (piece.type === 'mark') tags.marks.push(piece.tag);
      else visit(piece.content, piece.tag);
    }
  };
  try {
    visit(parseTagged(text, ''), 0);
  } catch {
    return undefined;
  }
  return tags;
}

function isSameBag(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.toSorted().join('\n') === right.toSorted().join('\n');
}

interface Pair {
  readonly source: string;
  readonly target: string;
}

/** A short text, a name or a word may well be the same in both languages. */
const wordsThatDiffer = 4;

function isChanged({ source: from, language, kept, terms }: Original, pair: Pair): boolean {
  if (primaryOf(from) === primaryOf(language)) return true;
  if (plainWords(pair.source).join(' ') !== plainWords(pair.target).join(' ')) return true;
  const same = [...kept, ...terms.map(({ translation }) => translation)];
  const own = same.reduce((text, each) => text.replaceAll(each, ' '), pair.source);
  const words = plainWords(withoutProtected(own));
  const isTelling = words.some((word) => stopWords.has(word)) || !isLatin(pair.source);
  return words.length < wordsThatDiffer || !isTelling;
}

/** Half of a text left in the language of the source has many of its small words. */
function isOfLanguage({ source: from, language }: Original, { target }: Pair): boolean {
  const [source, wanted] = [primaryOf(from), primaryOf(language)];
  if (source === 'auto' || source === wanted) return true;
  const words = plainWords(target);
  const small = words.filter((word) => stopWords.has(word)).length;
  const isTold = words.length >= 8 && small >= Math.max(3, words.length / 5);
  return !isTold || guessLanguage(target) !== source;
}

/** Scripts differ in how many characters a word takes; a text of a third or of four times the length has lost or gained something. */
function isOfLength(source: string, target: string): boolean {
  const [from, to] = [lengthOf(source), lengthOf(target)];
  return from < 20 || (to >= from / 4 && to <= from * 4);
}

function lengthOf(text: string): number {
  const dense = text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
  );
  return text.length + (dense?.length ?? 0) * 2;
}

function plainWords(text: string): string[] {
  return countWords(text) === 0 ? [] : (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function isLatin(text: string): boolean {
  return /\p{Script=Latin}/u.test(text);
}

function primaryOf(tag: string): string {
  return tag.split('-')[0] ?? tag;
}
