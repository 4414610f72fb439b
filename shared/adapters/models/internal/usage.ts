import type { TokenUsage } from '#shared/domain/usage.ts';

type Reported = number | null | undefined;

/** Counts that can be true: more thinking than answer, or more cache than question, was counted by somebody else (Q18, Q19). */
export function tokenUsage(reported: {
  input: Reported;
  output: Reported;
  cached?: Reported;
  reasoning?: Reported;
}): TokenUsage {
  const input = count(reported.input);
  const output = count(reported.output);
  // An answer without a single token was not counted (providers.md Q12).
  if (input === 0 && output === 0) return {};
  const cached = within(count(reported.cached), input);
  const reasoning = within(count(reported.reasoning), output);
  return {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

function count(value: Reported): number | undefined {
  return value !== undefined && value !== null && Number.isInteger(value) && value >= 0
    ? value
    : undefined;
}

function within(part: number | undefined, whole: number | undefined): number | undefined {
  return part !== undefined && whole !== undefined && part > whole ? undefined : part;
}
