import type { ProviderName } from '#shared/domain/providers.ts';

/** Part of the requests that may be retries: a provider in trouble is not to get more than its usual load. */
const retryPart = 0.1;
/** Retries that are there before anything was asked, and the most that are ever saved up. */
const mostTokens = 10;
/** One retry in this time is always allowed, for a task with few calls. */
const refillInMs = 2_000;

/** Retries that a worker has left for each provider: a bucket that every question fills by a tenth. */
export interface RetryBudget {
  /** A question is asked. */
  earn(provider: ProviderName, nowInMs: number): void;
  /** Takes a retry; where none is left, the time at which there will be one. */
  spend(
    provider: ProviderName,
    nowInMs: number,
  ): { readonly isAllowed: true } | { readonly isAllowed: false; readonly allowedAtInMs: number };
}

export function createRetryBudget(): RetryBudget {
  const buckets = new Map<ProviderName, { tokens: number; atInMs: number }>();
  const refilled = (provider: ProviderName, nowInMs: number) => {
    const bucket = buckets.get(provider) ?? { tokens: mostTokens, atInMs: nowInMs };
    const earned = Math.max(0, nowInMs - bucket.atInMs) / refillInMs;
    return { tokens: Math.min(mostTokens, bucket.tokens + earned), atInMs: nowInMs };
  };
  return {
    earn(provider, nowInMs) {
      const { tokens } = refilled(provider, nowInMs);
      buckets.set(provider, { tokens: Math.min(mostTokens, tokens + retryPart), atInMs: nowInMs });
    },
    spend(provider, nowInMs) {
      const { tokens } = refilled(provider, nowInMs);
      if (tokens < 1) {
        buckets.set(provider, { tokens, atInMs: nowInMs });
        return { isAllowed: false, allowedAtInMs: nowInMs + Math.ceil((1 - tokens) * refillInMs) };
      }
      buckets.set(provider, { tokens: tokens - 1, atInMs: nowInMs });
      return { isAllowed: true };
    },
  };
}
