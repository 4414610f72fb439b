import * as z from 'zod';
import { LanguageTag } from '../language-param.ts';

/** A term and how it is to be translated, by language tag. */
export const GlossaryTerm = z.strictObject({
  term: z.string().trim().min(1).max(200),
  translations: z.record(LanguageTag, z.string().trim().min(1).max(200)),
  isCaseSensitive: z.boolean().default(false),
});
export type GlossaryTerm = z.infer<typeof GlossaryTerm>;

/** Parameters of `translate`. */
export const TranslateParams = z
  .strictObject({
    languages: z
      .array(LanguageTag)
      .min(1)
      .max(10)
      .refine((tags) => new Set(tags).size === tags.length, { error: 'each language once' })
      .describe('Languages to translate into, as BCP 47 tags such as de, fr or pt-BR'),
    source: z
      .union([z.literal('auto'), LanguageTag])
      .default('auto')
      .describe('Language of the documents as a BCP 47 tag; auto: guessed from their text'),
    glossary: z
      .union([z.string().trim().min(1).max(255), z.array(GlossaryTerm).max(2_000)])
      .default([])
      .describe(
        'Terms with their translations by language tag; or the name of an input, a CSV or XLSX whose first column has the terms and whose other columns are headed by language tags',
      ),
    doNotTranslate: z
      .array(z.string().trim().min(1).max(200))
      .max(1_000)
      .default([])
      .describe('Words that stay as they are, upper and lower case as given: names, products'),
    tone: z
      .enum(['neutral', 'formal', 'informal', 'plain'])
      .default('neutral')
      .describe('formal and informal also say how the reader is addressed; plain: short sentences'),
    chunkTokens: z
      .int()
      .min(100)
      .max(8_000)
      .default(1_200)
      .describe('How much text one call translates, in tokens'),
  })
  .refine(({ source, languages }) => !languages.some((tag) => tag === source), {
    error: 'other languages than the source are expected',
    path: ['languages'],
  });
export type TranslateParams = z.infer<typeof TranslateParams>;
