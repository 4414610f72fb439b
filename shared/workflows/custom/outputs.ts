import * as z from 'zod';
import { DocumentId, UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import { Evidence } from '../evidence.ts';

/** An answer of the model, or what verification has left of it. */
export const Item = z.object({
  /** Position among the answers of its stage, from 1. */
  id: z.string(),
  /** The input that the question was about, where it was about one. */
  documentId: DocumentId.optional(),
  /** `2 of 3` of a document that was asked about in parts. */
  part: z.string().optional(),
  /** First unit of what the question showed. */
  firstUnit: UnitId.optional(),
  value: z.unknown(),
  /** Where texts that were looked for stand, by the pointer of their field: `findings/0/quote`. Only verified items have some. */
  evidence: z.record(z.string(), z.array(Evidence)).default({}),
  /** Pointers of records that stay although their quote was not found, since a row stands for each document. */
  unsupported: z.array(z.string()).default([]),
});
export type Item = z.infer<typeof Item>;

/** A record that is not delivered, and why. Its texts are those of the model. */
export const Dropped = z.object({
  stage: z.string(),
  place: z.string(),
  reason: z.enum(['quote-not-found', 'figure-not-in-source']),
});
export type Dropped = z.infer<typeof Dropped>;

/** Output of every stage that asks or verifies. */
export const Output = z.object({
  items: z.array(Item),
  /** Calls without an answer. */
  failedCalls: z.int().min(0).default(0),
  /** Answers of an earlier stage that could not be merged, of a reduce. */
  unmerged: z.int().min(0).default(0),
  dropped: z.array(Dropped).default([]),
  /** Records that code has added by itself. */
  added: z.int().min(0).default(0),
});
export type Output = z.infer<typeof Output>;

/** Output of a stage that has asked so many calls in one round. */
export function outputOfCalls(items: Item[], calls: number): Output {
  return { items, failedCalls: calls - items.length, unmerged: 0, dropped: [], added: 0 };
}

/** Output of a stage; empty where it has none. */
export function outputOf(context: Pick<StageContext, 'earlier'>, stage: string): Output {
  return Output.safeParse(context.earlier(stage)).data ?? Output.parse({ items: [] });
}
