import * as z from 'zod';

const count = z.int().min(0);

/** Tokens of one attempt as the provider reports them. A missing field is unknown, which is not 0. */
export const TokenUsage = z.object({
  /** All tokens of the question, cached ones included (OpenTelemetry `gen_ai.usage.input_tokens`). */
  inputTokens: count.optional(),
  cachedInputTokens: count.optional(),
  /** All tokens of the answer, thinking included. */
  outputTokens: count.optional(),
  reasoningTokens: count.optional(),
});
export type TokenUsage = z.infer<typeof TokenUsage>;

/** Sum over attempts. Unknown parts are counted beside the sums, so that a sum is never mistaken for the whole. */
export const UsageTotals = z.object({
  attempts: count,
  /** Attempts whose tokens the provider did not report; their cost is an estimate or the worst case. */
  attemptsWithUnknownTokens: count,
  inputTokens: count,
  cachedInputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  costInMicroUsd: count,
});
export type UsageTotals = z.infer<typeof UsageTotals>;

export const noUsage: UsageTotals = {
  attempts: 0,
  attemptsWithUnknownTokens: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costInMicroUsd: 0,
};

/** Totals of one attempt. */
export function totalsOfAttempt(usage: TokenUsage, costInMicroUsd: number): UsageTotals {
  const isUnknown = usage.inputTokens === undefined || usage.outputTokens === undefined;
  return {
    attempts: 1,
    attemptsWithUnknownTokens: isUnknown ? 1 : 0,
    inputTokens: usage.inputTokens ?? 0,
    cachedInputTokens: usage.cachedInputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    reasoningTokens: usage.reasoningTokens ?? 0,
    costInMicroUsd,
  };
}

/** Field-wise sum: commutative, associative, with {@link noUsage} as its zero. */
export function addUsage(left: UsageTotals, right: UsageTotals): UsageTotals {
  return {
    attempts: left.attempts + right.attempts,
    attemptsWithUnknownTokens: left.attemptsWithUnknownTokens + right.attemptsWithUnknownTokens,
    inputTokens: left.inputTokens + right.inputTokens,
    cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
    costInMicroUsd: left.costInMicroUsd + right.costInMicroUsd,
  };
}
