import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { withoutTags } from '#shared/domain/inline-tags.ts';
import type { AnswerFault, ModelStage, StageContext } from '../definition.ts';
import { stopWords } from '../language.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { batchesOf } from './batches.ts';
import { glossaryFor, termsIn } from './glossary.ts';
import { TranslateParams } from './params.ts';
import { termsPrompt } from './prompts.ts';
import { type Entry, type ProposedTerm, TermsAnswer, TermsOutput } from './schemas.ts';
import { segmentsIn } from './segments.ts';

const maxTerms = 60;
const minOccurrences = 3;
const maxExampleLength = 200;
const maxGlossaryLines = 40;

/**
 * Asks once a language how the terms that occur often are to be translated, so that all calls translate them the same way. Only advice: the
 * glossary goes before it, and without it each call chooses by itself. Texts that fit into one call need none.
 */
export const termsStage: ModelStage = {
  kind: 'model',
  name: 'terms',
  title: 'Agreeing on terms',
  tracksCoverage: false,
  isAdvisory: true,
  isPreliminary: true,
  maxRounds: 1,
  answer: TermsAnswer,

  plan(context) {
    const params = TranslateParams.parse(context.params);
    const { entries, source } = segmentsIn(context);
    if (batchesOf(entries, params.chunkTokens).length < 2) return [];
    return params.languages
      .flatMap((language) => {
        const glossary = glossaryFor(context, language);
        const terms = frequentTerms(entries, params.doNotTranslate).filter(
          ({ term }) => termsIn(term, glossary).length === 0,
        );
        return terms.length === 0 ? [] : [planCall(context, { language, source, terms })];
      })
      .map((spec, index): CallSpec => ({ ...spec, callId: callIdOf('terms', 0, index) }));
  },

  answerTokens({ context }) {
    const count = Array.isArray(context['terms']) ? context['terms'].length : 0;
    return { low: 300 + count * 10, expected: 900 + count * 20, high: 4_000 + count * 30 };
  },

  check(answer, spec) {
    const known = termsOf(spec).length;
    return TermsAnswer.parse(answer).terms.flatMap(({ id }, index): AnswerFault[] =>
      positionOf(id, known) === undefined
        ? [
            {
              sentence: `Term ${index + 1}: the id must be one of those in brackets.`,
              isFatal: false,
            },
          ]
        : [],
    );
  },

  assemble({ outcomes }) {
    const languages: Record<string, ProposedTerm[]> = {};
    for (const { spec, ...outcome } of outcomes) {
      if (!outcome.isAnswered) continue;
      const terms = termsOf(spec);
      const proposed = new Map<string, string>();
      for (const { id, translation } of TermsAnswer.parse(outcome.answer).terms) {
        const term = terms[positionOf(id, terms.length) ?? -1];
        if (term !== undefined && translation !== '' && !proposed.has(term)) {
          proposed.set(term, translation);
        }
      }
      languages[String(spec.context['language'])] = [...proposed].map(([term, translation]) => ({
        term,
        translation,
      }));
    }
    return { output: { languages } satisfies TermsOutput, isComplete: true };
  },

  proposal(output) {
    const { languages = {} } = TermsOutput.safeParse(output).data ?? {};
    return Object.entries(languages).flatMap(([language, terms]) =>
      terms.map(({ term, translation }) => `${term} → ${translation} (${language})`),
    );
  },
};

/** Proposals for a language; none where the stage was not needed or has failed. */
export function proposedTerms(context: StageContext, language: string): readonly ProposedTerm[] {
  return TermsOutput.safeParse(context.earlier('terms')).data?.languages[language] ?? [];
}

interface FrequentTerm {
  readonly term: string;
  readonly count: number;
  readonly example: string;
}

function planCall(
  context: StageContext,
  asked: { language: string; source: string; terms: readonly FrequentTerm[] },
): Omit<CallSpec, 'callId'> {
  const { language, source, terms } = asked;
  return {
    prompt: termsPrompt.id,
    messages: writePrompt({
      ...termsPrompt,
      facts: { From: describeLanguage(source), To: describeLanguage(language) },
      sections: {
        glossary: glossaryFor(context, language)
          .slice(0, maxGlossaryLines)
          .map(({ term, translation }, index) => ({
            tag: `t${index + 1}`,
            text: `${term} => ${translation}`,
          })),
        terms: terms.map(({ term }, index) => ({ tag: `k${index + 1}`, text: term })),
        examples: terms.map(({ example }, index) => ({ tag: `k${index + 1}`, text: example })),
      },
    }),
    maxOutputTokens: 8_000,
    temperature: 0.3,
    unitIds: [],
    context: { language, terms: terms.map(({ term }) => term) },
  };
}

/** Sequences of one to three words that occur in several texts, the most frequent first. What always is part of a longer one is left out. */
function frequentTerms(entries: readonly Entry[], kept: readonly string[]): FrequentTerm[] {
  const found = new Map<string, { term: string; count: number; example: string }>();
  for (const { text } of entries) {
    const plain = withoutTags(text);
    for (const term of new Set(sequencesIn(plain))) {
      const key = term.toLowerCase();
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { term, count: 1, example: plain.slice(0, maxExampleLength) });
      } else known.count += 1;
    }
  }
  const frequent = [...found.values()].filter(
    ({ term, count }) => count >= minOccurrences && !kept.includes(term),
  );
  const isPart = ({ term, count }: FrequentTerm) =>
    frequent.some(
      (other) =>
        other.term.length > term.length &&
        other.count >= count &&
        other.term.toLowerCase().includes(term.toLowerCase()),
    );
  return frequent
    .toSorted((left, right) => right.count - left.count || (left.term < right.term ? -1 : 1))
    .slice(0, maxTerms * 4)
    .filter((each) => !isPart(each))
    .slice(0, maxTerms);
}

const maxWordsOfTerm = 3;
const minLettersOfTerm = 5;

function sequencesIn(text: string): string[] {
  return text.split(/[^\p{L}\p{M}\s’'-]+/u).flatMap((phrase) => {
    const words = phrase.split(/\s+/u).filter(Boolean);
    return words.flatMap((_, start) =>
      Array.from({ length: maxWordsOfTerm }, (_each, extra) =>
        words.slice(start, start + extra + 1),
      )
        .filter((slice, extra) => slice.length === extra + 1 && isTermLike(slice))
        .map((slice) => slice.join(' ')),
    );
  });
}

function isTermLike(words: readonly string[]): boolean {
  const isSmall = (word: string | undefined) => stopWords.has(word?.toLowerCase() ?? '');
  if (isSmall(words[0]) || isSmall(words.at(-1))) return false;
  return words.join('').length >= minLettersOfTerm;
}

function termsOf({ context }: CallSpec): string[] {
  return Array.isArray(context['terms']) ? context['terms'].map(String) : [];
}

function positionOf(id: string, count: number): number | undefined {
  const position = Number(/^\[?k(\d{1,4})\]?$/.exec(id.trim())?.[1] ?? 0);
  return position >= 1 && position <= count ? position - 1 : undefined;
}
