import type { TokenUsage } from '#shared/domain/usage.ts';
import { tokenUsage } from '../usage.ts';
import type { UsageBody } from './api-schema.ts';

/** Tokens as reported. A missing, negative or fractional count is unknown, not 0. */
export function usageOf(body: UsageBody | null | undefined): TokenUsage {
  const details = body?.prompt_tokens_details;
  return tokenUsage({
    input: body?.prompt_tokens,
    output: body?.completion_tokens,
    cached: details?.cached_tokens ?? details?.cache_read_input_tokens,
    reasoning: body?.completion_tokens_details?.reasoning_tokens,
  });
}
