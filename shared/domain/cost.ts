import * as z from 'zod';
import type { TokenUsage } from './usage.ts';

/** Price of a model at a provider in micro-dollars per million tokens, with its date and source. */
export const Price = z.object({
  inputPerMillionInMicroUsd: z.int().min(0),
  cachedInputPerMillionInMicroUsd: z.int().min(0),
  outputPerMillionInMicroUsd: z.int().min(0),
  asOf: z.iso.date(),
  source: z.string(),
  /** The provider publishes no price: costs by this one are estimates. */
  isAssumed: z.boolean().optional(),
});
export type Price = z.infer<typeof Price>;

const tokensPerPrice = 1_000_000;

/**
 * Cost of an attempt in whole micro-dollars, rounded up, or `undefined` where the tokens are unknown. Cached tokens are part of
 * the input tokens and charged at their own rate.
 */
export function costOf(usage: TokenUsage, price: Price): number | undefined {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const cached = Math.min(usage.cachedInputTokens ?? 0, inputTokens);
  return Math.ceil(
    ((inputTokens - cached) * price.inputPerMillionInMicroUsd +
      cached * price.cachedInputPerMillionInMicroUsd +
      outputTokens * price.outputPerMillionInMicroUsd) /
      tokensPerPrice,
  );
}

/** The most that an attempt can cost: every token of the question uncached, every token of the cap used. */
export function worstCaseCost(
  question: { inputTokens: number; maxOutputTokens: number },
  price: Price,
): number {
  return Math.ceil(
    (question.inputTokens * price.inputPerMillionInMicroUsd +
      question.maxOutputTokens * price.outputPerMillionInMicroUsd) /
      tokensPerPrice,
  );
}

/** Micro-dollars of a dollar amount as callers write it. */
export function microUsdOf(amountInUsd: number): number {
  return Math.round(amountInUsd * 1_000_000);
}

/** Dollars as people read them, for example `$0.0042`. */
export function formatUsd(amountInMicroUsd: number): string {
  return `$${(amountInMicroUsd / 1_000_000).toFixed(4)}`;
}
