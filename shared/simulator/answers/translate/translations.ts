import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { pseudoText, type Term } from './pseudo-text.ts';

/** Answers `translate.translate` and `translate.repair`: each segment in pseudo-localised text. */
export function answerTranslations({ facts, sections }: WrittenPrompt): unknown {
  const language = facts['To'] ?? '';
  const terms = [...termsIn(sections['glossary']), ...termsIn(sections['terms'])];
  const kept = (sections['keep'] ?? []).map(({ text }) => text);
  return {
    segments: (sections['segments'] ?? []).map(({ tag, text }) => ({
      id: tag.split(' ')[0] ?? '',
      text: pseudoText(text, { language, terms, kept }),
    })),
  };
}

/** Answers `translate.terms`: each term in pseudo-localised text. */
export function answerTerms({ facts, sections }: WrittenPrompt): unknown {
  const rules = { language: facts['To'] ?? '', terms: [], kept: [] };
  return {
    terms: (sections['terms'] ?? []).map(({ tag, text }) => ({
      id: tag,
      translation: pseudoText(text, rules),
    })),
  };
}

function termsIn(lines: readonly PromptLine[] | undefined): Term[] {
  return (lines ?? [])
    .flatMap(({ text }): Term[] => {
      const [term = '', translation = ''] = text.split(' => ');
      return translation === '' ? [] : [{ term, translation }];
    })
    .toSorted((left, right) => right.term.length - left.term.length);
}
