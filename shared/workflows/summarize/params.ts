import * as z from 'zod';
import { languageParam } from '../language-param.ts';

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
  language: languageParam,
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
