import type { ProviderLimits, ProviderName } from '#shared/domain/providers.ts';

/** When an admitted call may start. One that is not admitted has taken nothing from the account's rate. */
export type Admission =
  | { readonly isAdmitted: true; readonly startAtInMs: number }
  | { readonly isAdmitted: false; readonly pausedUntilInMs: number };

export interface GateRequest {
  readonly limits: ProviderLimits;
  readonly nowInMs: number;
  readonly tokens: number;
  /** A pause that ends later than this from now is not waited for; every one is if absent. */
  readonly longestPauseInMs?: number;
}

/**
 * The rate of an account, shared by all workers: requests and tokens per minute. It is kept as times only (GCRA), so that a worker
 * that dies with an admission leaks nothing. Errors: `store_unavailable`.
 */
export interface ProviderGate {
  admit(provider: ProviderName, request: GateRequest): Promise<Admission>;
  /** The provider asked to slow down: nothing is admitted before the time. */
  pause(provider: ProviderName, untilInMs: number): Promise<void>;
}
