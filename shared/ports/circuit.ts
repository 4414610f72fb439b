import type { ErrorCode } from '#shared/domain/errors.ts';
import type { ProviderName } from '#shared/domain/providers.ts';

/** Whose health: a provider as one key sees it. */
export interface CircuitKey {
  readonly provider: ProviderName;
  readonly keyId: string;
}

export type Permission =
  /** `isProbe`: this is the one question that tells whether the provider is well again; its end must be reported. */
  | { readonly isAllowed: true; readonly isProbe: boolean }
  | { readonly isAllowed: false; readonly retryAtInMs: number; readonly reason: ErrorCode };

/**
 * How a question has ended for the provider's health. `failed` counts, and several in a short time open the circuit; `refused-key` opens it
 * at once; `undecided` is a probe that never came to its question.
 */
export type HealthReport =
  | { readonly health: 'served' }
  | { readonly health: 'undecided' }
  | { readonly health: 'failed' | 'refused-key'; readonly reason: ErrorCode };

/**
 * Circuit of each provider and key, shared by all workers. What it says is advice that may be some seconds old: a wrong one costs a
 * question, never a wrong result. Errors: `store_unavailable`.
 */
export interface CircuitBreaker {
  permit(key: CircuitKey, nowInMs: number): Promise<Permission>;
  /** `hasOpened`: it was this report that opened the circuit, or opened it again after a probe. */
  report(
    key: CircuitKey,
    report: HealthReport & { readonly isProbe: boolean; readonly nowInMs: number },
  ): Promise<{ readonly hasOpened: boolean }>;
}
