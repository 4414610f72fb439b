import type { ProviderLimits, ProviderName } from '#shared/domain/providers.ts';

/** When an admitted call may start. */
export interface Admission {
  readonly startAtInMs: number;
}

/**
 * The rate of an account, shared by all workers: requests and tokens per minute. It is kept as times only (GCRA), so that a worker
 * that dies with an admission leaks nothing. Errors: `store_unavailable`.
 */
export interface ProviderGate {
  admit(
    provider: ProviderName,
    request: { limits: ProviderLimits; nowInMs: number; tokens: number },
  ): Promise<Admission>;
  /** The provider asked to slow down: nothing is admitted before the time. */
  pause(provider: ProviderName, untilInMs: number): Promise<void>;
}
