import * as z from 'zod';

/** Parameters of `summarize`. */
export const SummarizeParams = z.strictObject({
  audience: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('a busy reader who has not seen the document')
    .describe('Who will read the summary'),
  style: z
    .enum(['executive', 'section', 'bullets'])
    .default('executive')
    .describe(
      'executive: a headline and the five to nine most important points; section: points under the headings of the document; bullets: many terse points',
    ),
  maxWords: z
    .int()
    .min(50)
    .max(5_000)
    .default(400)
    .describe('Most words of the summary, headings and sources not counted'),
  language: z
    .string()
    .regex(/^(?:auto|[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?)$/)
    .default('auto')
    .describe(
      'Language of the summary as a BCP 47 tag, for example en, de or pt-BR; auto: the language of the document',
    ),
  focus: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('What the summary should pay most attention to'),
  chunkTokens: z
    .int()
    .min(200)
    .max(20_000)
    .default(2_000)
    .describe('How much of the document one call reads, in tokens'),
});
export type SummarizeParams = z.infer<typeof SummarizeParams>;

/** The language as a sentence for the model says it. */
export function describeLanguage(params: SummarizeParams): string {
  if (params.language === 'auto') return 'the language of the document';
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(params.language);
  return `${name ?? params.language} (${params.language})`;
}
