import * as z from 'zod';
import { languageParam } from '../language-param.ts';
import { MaterialityParam } from './rules.ts';

/** Parameters of `compare-contracts`. */
export const CompareParams = z.strictObject({
  viewpoint: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('neutral')
    .describe('Whose risk is judged: buyer, supplier, neutral, or in your own words'),
  materiality: MaterialityParam,
  author: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default('Quire')
    .describe('Who is shown as the author of the tracked changes and comments'),
  language: languageParam,
});
export type CompareParams = z.infer<typeof CompareParams>;

/** The viewpoint as a sentence for the model and the memo says it. */
export function describeViewpoint(viewpoint: string): string {
  const known: Readonly<Record<string, string>> = {
    buyer: 'the buyer (the party that pays)',
    supplier: 'the supplier (the party that delivers and is paid)',
    neutral: 'neutral: the risk of whichever party the change is worse for',
  };
  return known[viewpoint.toLowerCase()] ?? viewpoint;
}
