import type { ProviderLimits, ProviderName } from '#shared/domain/providers.ts';

/** The right to have one call in flight. */
export interface Slot {
  /** Gives it back. Resolves when others can have it; it never rejects, since the lease behind it ends by itself. */
  leave(): Promise<void>;
}

export interface SlotRequest {
  readonly limits: ProviderLimits;
  /** Until when it is worth waiting. */
  readonly untilInMs: number;
  readonly signal: AbortSignal;
}

/**
 * Calls in flight for each account, over all workers. A worker holds a lease on as many slots as it uses, so that one that is killed gives
 * them back by time. The limit halves when the provider asks to slow down, and grows back by itself.
 */
export interface ConcurrencySlots {
  /** Waits for a slot; `undefined` where none came free in time. Rejects with the signal's reason. */
  acquire(provider: ProviderName, request: SlotRequest): Promise<Slot | undefined>;
  slowDown(provider: ProviderName, limits: ProviderLimits): Promise<void>;
}
