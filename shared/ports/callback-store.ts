import type { Callback, CallbackKey, DeliveryOutcome } from '#shared/domain/callback.ts';

/** The right to make one delivery, until its lease ends. */
export interface CallbackClaim {
  /** As it is with this delivery counted. */
  readonly callback: Callback;
  readonly fence: number;
}

/**
 * Callbacks and how far they have come. A claim is a lease: no two deliveries at once, and a worker that dies keeps nobody waiting for
 * longer than the lease. Errors: `store_unavailable`.
 */
export interface CallbackStore {
  /** Stores a pending callback, due at once. `false` where the task's run has one already, which stays as it is. */
  create(callback: Callback): Promise<boolean>;
  get(key: CallbackKey): Promise<Callback | undefined>;
  /** Pending ones whose time has come, the longest waiting first. */
  listDue(query: { nowInMs: number; limit: number }): Promise<readonly CallbackKey[]>;
  /** Begins a delivery and counts it. `undefined` where it is not due, or another delivery is under way. */
  claim(
    key: CallbackKey,
    claim: { nowInMs: number; leaseInMs: number },
  ): Promise<CallbackClaim | undefined>;
  /** Writes what the delivery came to and ends the claim. `false` where the claim was lost: another delivery has begun, or a replay was asked for. */
  conclude(
    key: CallbackKey,
    change: {
      fence: number;
      outcome: DeliveryOutcome;
      lastStatus?: number | undefined;
      lastError?: string | undefined;
    },
  ): Promise<boolean>;
  /** Makes it pending and due, with a whole schedule before it, whatever it was. `undefined` where there is none. */
  replay(key: CallbackKey, change: { nowInMs: number }): Promise<Callback | undefined>;
}
