import type { TokenUsage } from '#shared/domain/usage.ts';
import type { UsageBody } from './api-schema.ts';

/** Tokens as reported. A missing, negative or fractional count is unknown, not 0. */
export function usageOf(body: UsageBody | null | undefined): TokenUsage {
  const input = count(body?.prompt_tokens);
  const output = count(body?.completion_tokens);
  const details = body?.prompt_tokens_details;
  const cached = count(details?.cached_tokens ?? details?.cache_read_input_tokens);
  const reasoning = count(body?.completion_tokens_details?.reasoning_tokens);
  // An answer without a single token was not counted (providers.md Q12).
  const isUncounted = input === 0 && output === 0;
  return {
    ...(input === undefined || isUncounted ? {} : { inputTokens: input }),
    ...(output === undefined || isUncounted ? {} : { outputTokens: output }),
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

function count(value: number | null | undefined): number | undefined {
  return value !== undefined && value !== null && Number.isInteger(value) && value >= 0
    ? value
    : undefined;
}
