import * as z from 'zod';
import { DocumentId, UnitId } from './ids.ts';
import { Locator } from './locator.ts';

/** A claim with its evidence. `verified` is set by code that found the quote in the unit, never by the model (I8). */
export const Citation = z.object({
  /** `c1`, `c2`, … in the order in which the artifact cites them. */
  id: z.string().regex(/^c[1-9]\d*$/),
  claim: z.string(),
  /** The characters of the unit's text that support the claim, exactly as they stand there. */
  quote: z.string().min(1),
  documentId: DocumentId,
  documentName: z.string(),
  unitId: UnitId,
  locator: Locator,
  /** The locator in words, as the artifact shows it. */
  place: z.string(),
  verified: z.literal(true),
});
export type Citation = z.infer<typeof Citation>;
