import type { TokenUsage } from '#shared/domain/usage.ts';
import { tokenUsage } from '../internal/usage.ts';
import type { UsageBody } from './api-schema.ts';

const microUsdPerUsd = 1_000_000;
/** Digits of a micro-dollar that are kept before rounding up; the rest is the noise of binary fractions. */
const keptDigits = 6;

/** Tokens as reported, under whichever names. */
export function usageOf(body: UsageBody): TokenUsage {
  return tokenUsage({
    input: body.promptTokens ?? body.inputTokens,
    output: body.completionTokens ?? body.outputTokens,
    cached: body.promptTokensDetails?.cachedTokens,
    reasoning: body.completionTokensDetails?.reasoningTokens ?? body.thinkingTokens,
  });
}

/** What the provider charges, in whole micro-dollars, rounded up. */
export function microUsdOfCost(costInUsd: number | null | undefined): number | undefined {
  if (costInUsd === null || costInUsd === undefined || !(costInUsd >= 0)) return undefined;
  const exact = Number((costInUsd * microUsdPerUsd).toFixed(keptDigits));
  return Number.isSafeInteger(Math.ceil(exact)) ? Math.ceil(exact) : undefined;
}
