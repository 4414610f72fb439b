import * as z from 'zod';

/** A BCP 47 tag: language, script where it matters, region. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/, {
    error: 'a BCP 47 tag such as en, de or pt-BR is expected',
  });

/** Parameter of a workflow for the language of what it writes. */
export const languageParam = z
  .union([z.literal('auto'), LanguageTag])
  .default('auto')
  .describe(
    'Language of what is written as a BCP 47 tag, for example en, de or pt-BR; auto: the language of the document',
  );

/** The language as a sentence for the model says it. */
export function describeLanguage(language: string): string {
  if (language === 'auto') return 'the language of the document';
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language);
  return `${name ?? language} (${language})`;
}
