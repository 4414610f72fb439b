import type { Problem } from '#shared/domain/errors.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { DeliveredDocument, DeliveredText } from './ledger.ts';

/** What is missing from the files of a language. */
export interface LanguageGaps {
  readonly language: string;
  /** All segments, for comparison. */
  readonly segments: number;
  /** Not translated: the file has the text of the source there. */
  readonly failed: readonly UnitId[];
  /** Delivered without a translation that the user's glossary fixes. */
  readonly withoutTerm: readonly UnitId[];
}

/** The gaps of each language that has any. */
export function gapsIn(
  documents: readonly DeliveredDocument[],
  languages: readonly string[],
): LanguageGaps[] {
  const segments = documents.flatMap((each) => each.segments);
  const idsWhere = (language: string, test: (text: DeliveredText) => boolean) =>
    segments.flatMap(({ id, texts }) => {
      const text = texts[language];
      return text !== undefined && test(text) ? [id] : [];
    });
  return languages
    .map((language) => ({
      language,
      segments: segments.length,
      failed: idsWhere(language, ({ state }) => state === 'failed'),
      withoutTerm: idsWhere(language, lacksTerm),
    }))
    .filter(({ failed, withoutTerm }) => failed.length + withoutTerm.length > 0);
}

/** Ids that stand in a problem; `qa.json` and `bilingual.xlsx` have all. */
const maxIdsNamed = 100;

/** Why the task is not whole, a language at a time; never a word of a document (I9). */
export function problemsOf(gaps: readonly LanguageGaps[]): Problem[] {
  return gaps.flatMap(({ language, segments, failed, withoutTerm }): Problem[] => [
    ...(failed.length === 0
      ? []
      : [
          {
            code: 'answer_invalid' as const,
            message: `Expected a translation of each of ${segments} segments into ${language}, got none that holds what must be kept for ${failed.length}; the files have the source text there. Resume the task, or translate what bilingual.xlsx marks.`,
            details: { language, segments: failed.length, units: failed.slice(0, maxIdsNamed) },
          },
        ]),
    ...(withoutTerm.length === 0
      ? []
      : [
          {
            code: 'answer_invalid' as const,
            message: `Expected the terms of the glossary in every translation into ${language}; ${withoutTerm.length} of ${segments} segments are delivered without. Put right what bilingual.xlsx flags.`,
            details: {
              language,
              withoutTerm: withoutTerm.length,
              units: withoutTerm.slice(0, maxIdsNamed),
            },
          },
        ]),
  ]);
}

/** The same for the first lines of what is delivered. */
export function gapSentences(gaps: readonly LanguageGaps[]): string[] {
  return gaps.flatMap(({ language, segments, failed, withoutTerm }) => [
    ...(failed.length === 0
      ? []
      : [
          `The translation into ${language} is not complete: ${failed.length} of ${segments} segments are not translated; the files have their source text there, and they are marked below.`,
        ]),
    ...(withoutTerm.length === 0
      ? []
      : [
          `The translation into ${language} lacks a term of the glossary in ${withoutTerm.length} of ${segments} segments; they are delivered so and flagged below.`,
        ]),
  ]);
}

function lacksTerm({ state, faults }: DeliveredText): boolean {
  const isOpen = faults.some(({ kind, action }) => kind === 'glossary' && action === 'named');
  return state === 'translated' && isOpen;
}
