import type { TokenUsage } from '#shared/domain/usage.ts';
import { tokenUsage } from '../internal/usage.ts';
import type { UsageBody } from './api-schema.ts';

/** Tokens as the Responses API reports them. */
export function usageOfResponse(body: UsageBody): TokenUsage {
  return tokenUsage({
    input: body.input_tokens,
    output: body.output_tokens,
    cached: body.input_tokens_details?.cached_tokens,
    reasoning: body.output_tokens_details?.reasoning_tokens,
  });
}

/** Tokens in Anthropic's format, which counts the cached ones apart from the others. */
export function usageOfMessage(body: UsageBody): TokenUsage {
  const cached = body.cache_read_input_tokens ?? undefined;
  const input = body.input_tokens ?? undefined;
  const others = (cached ?? 0) + (body.cache_creation_input_tokens ?? 0);
  return tokenUsage({
    input: input === undefined || input < 0 ? undefined : input + others,
    output: body.output_tokens,
    cached,
    reasoning: body.output_tokens_details?.reasoning_tokens,
  });
}
