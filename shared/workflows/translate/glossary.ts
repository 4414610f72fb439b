import type { Document } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { StageContext } from '../definition.ts';
import { LanguageTag } from '../language-param.ts';
import { type GlossaryTerm, TranslateParams } from './params.ts';

/** A term with its translation into one language. */
export interface TermPair {
  readonly term: string;
  readonly translation: string;
  readonly isCaseSensitive: boolean;
}

/** The glossary of a task in one language, longest terms first. */
export function glossaryFor(context: StageContext, language: string): TermPair[] {
  const terms = termsOf(context);
  const [primary = language] = language.split('-');
  return terms
    .flatMap(({ term, translations, isCaseSensitive }): TermPair[] => {
      const translation = translations[language] ?? translations[primary];
      return translation === undefined ? [] : [{ term, translation, isCaseSensitive }];
    })
    .toSorted((left, right) => right.term.length - left.term.length);
}

/** The input that is the glossary, where the parameter names one. Throws `invalid_params` where no input has that name. */
export function glossaryDocument({ params, documents }: StageContext): Document | undefined {
  const { glossary } = TranslateParams.parse(params);
  if (typeof glossary !== 'string') return undefined;
  const document = documents.find(({ name }) => name === glossary);
  if (document !== undefined && tableFormats.has(document.format)) return document;
  throw new QuireError(
    'invalid_params',
    'Expected the parameter "glossary" to name a CSV or XLSX file among the inputs, got another name; send the file along, or give the terms themselves.',
  );
}

/** The terms that occur in a text. A term within a longer one that occurs does not count by itself. */
export function termsIn(text: string, pairs: readonly TermPair[]): TermPair[] {
  let left = text;
  return pairs.filter((pair) => {
    const pattern = patternOf(pair);
    if (!pattern.test(left)) return false;
    left = left.replace(pattern, (found) => '\u0000'.repeat(found.length));
    return true;
  });
}

/** Whether a translation has the term, as it is or inflected: each of its words by its beginning, in their order. */
export function hasTerm(translation: string, { translation: wanted, isCaseSensitive }: TermPair) {
  const text = plainForm(translation, isCaseSensitive);
  if (text.includes(plainForm(wanted, isCaseSensitive))) return true;
  const stems = plainForm(wanted, isCaseSensitive)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(stemOf);
  if (stems.length === 0) return false;
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words.some((_, start) =>
    stems.every((stem, index) => words[start + index]?.startsWith(stem) === true),
  );
}

const tableFormats: ReadonlySet<string> = new Set(['csv', 'xlsx']);

/** The file is gone through once, however often it is asked about. */
const termsOfDocument = new WeakMap<Document, readonly GlossaryTerm[]>();

function termsOf(context: StageContext): readonly GlossaryTerm[] {
  const { glossary } = TranslateParams.parse(context.params);
  if (typeof glossary !== 'string') return glossary;
  const document = glossaryDocument(context);
  if (document === undefined) return [];
  const known = termsOfDocument.get(document) ?? readTerms(document);
  termsOfDocument.set(document, known);
  return known;
}

function readTerms({ units }: Document): GlossaryTerm[] {
  const rows = units.flatMap(({ table }) => (table === undefined ? [] : [table.cells]));
  const [head = [], ...others] = rows;
  const columns = head.slice(1).map((cell) => LanguageTag.safeParse(cell.trim()).data);
  if (!columns.some((tag) => tag !== undefined)) {
    throw new QuireError(
      'invalid_params',
      'Expected the columns of the glossary, but for the first, to be headed by language tags such as de or pt-BR, got none; name them in its first row.',
    );
  }
  return others.flatMap(([term = '', ...cells]): GlossaryTerm[] => {
    const pairs = cells.flatMap((cell, index) => {
      const tag = columns[index];
      return tag === undefined || cell.trim() === '' ? [] : [[tag, cell.trim()] as const];
    });
    if (term.trim() === '' || pairs.length === 0) return [];
    return [{ term: term.trim(), translations: Object.fromEntries(pairs), isCaseSensitive: false }];
  });
}

/** The term as words of their own; the last may have an ending, such as that of a plural. */
function patternOf({ term, isCaseSensitive }: TermPair): RegExp {
  const escaped = term
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  const isSpaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(
    term,
  );
  const edges = isSpaceless
    ? ['', '']
    : ['(?<![\\p{L}\\p{N}])', '(?:s|es|n|en|e|’s)?(?![\\p{L}\\p{N}])'];
  return new RegExp(`${edges[0]}${escaped}${edges[1]}`, isCaseSensitive ? 'gu' : 'giu');
}

/** Letters without marks, so that an umlaut of inflection counts as the same. */
function plainForm(text: string, isCaseSensitive: boolean): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  return isCaseSensitive ? plain : plain.toLowerCase();
}

function stemOf(word: string): string {
  if (word.length < 5) return word;
  return word.slice(0, Math.max(4, word.length - 2));
}
