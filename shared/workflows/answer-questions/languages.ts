import type { Document } from '#shared/domain/document.ts';
import { countWords, guessLanguage } from '../language.ts';
import type { AnswerQuestionsParams } from './params.ts';

/** Names and lists say nothing about a language. */
const minProseWords = 8;
const maxProseUnits = 40;

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The languages of documents in English words, the most frequent first: `English, German`. */
export function describeLanguages(documents: readonly Document[]): string {
  const counts = new Map<string, number>();
  for (const document of documents) {
    const language = languageOfDocument(document);
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted((left, right) => right[1] - left[1]);
  return sorted.map(([language]) => names.of(language) ?? language).join(', ');
}

function languageOfDocument({ units }: Document): string {
  const prose: string[] = [];
  for (const { text } of units) {
    if (prose.length === maxProseUnits) break;
    if (countWords(text) >= minProseWords) prose.push(text);
  }
  const texts = prose.length > 0 ? prose : units.slice(0, maxProseUnits).map(({ text }) => text);
  return scriptLanguageOf(texts.join(' '));
}

/** Languages with a script of their own are told by it; the small words tell the others. */
function scriptLanguageOf(text: string): string {
  const letters = Math.max(1, (text.match(/\p{L}/gu) ?? []).length);
  const share = (pattern: RegExp) => (text.match(pattern) ?? []).length / letters;
  const found = scripts.find(([, pattern]) => share(pattern) > 0.1);
  return found?.[0] ?? guessLanguage(text);
}

/** In this order: Japanese has Chinese characters too. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/** The language in which the program's own words of an answer are written. */
export function languageOfAnswers(
  { language }: AnswerQuestionsParams,
  questions: readonly { readonly text: string }[],
): string {
  if (language !== 'auto') return language;
  return scriptLanguageOf(questions.map(({ text }) => text).join(' '));
}

/** What the program itself writes into a workbook of the user, in the language of the questions. */
export interface Phrases {
  readonly answer: string;
  readonly sources: string;
  readonly notFound: string;
  readonly notAnswered: string;
  readonly openPart: string;
  readonly unsupported: string;
}

const english: Phrases = {
  answer: 'Answer',
  sources: 'Sources',
  notFound: 'Not found in the documents.',
  notAnswered: 'NOT ANSWERED: the question could not be put to the model.',
  openPart: 'Not found:',
  unsupported: '[not supported by a quote]',
};

const phrases: Readonly<Record<string, Phrases>> = {
  de: {
    answer: 'Antwort',
    sources: 'Quellen',
    notFound: 'In den Dokumenten nicht gefunden.',
    notAnswered: 'NICHT BEANTWORTET: Die Frage konnte dem Modell nicht gestellt werden.',
    openPart: 'Nicht gefunden:',
    unsupported: '[durch kein Zitat belegt]',
  },
  fr: {
    answer: 'Réponse',
    sources: 'Sources',
    notFound: 'Introuvable dans les documents.',
    notAnswered: 'SANS RÉPONSE : la question n’a pas pu être posée au modèle.',
    openPart: 'Introuvable :',
    unsupported: '[sans citation à l’appui]',
  },
  es: {
    answer: 'Respuesta',
    sources: 'Fuentes',
    notFound: 'No se encontró en los documentos.',
    notAnswered: 'SIN RESPUESTA: no se pudo plantear la pregunta al modelo.',
    openPart: 'No se encontró:',
    unsupported: '[sin cita que lo respalde]',
  },
};

/** The phrases in a language; in English where there are none of it. */
export function phrasesIn(language: string): Phrases {
  return phrases[language.split('-')[0] ?? ''] ?? english;
}
