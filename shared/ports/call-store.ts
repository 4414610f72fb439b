import type { Attempt, CallRecord, EndedAttempt, StartedAttempt } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import type { AttemptId, CallId, TaskId } from '#shared/domain/ids.ts';

export type Claim =
  | {
      readonly outcome: 'claimed';
      readonly fence: number;
      /** The attempt that an earlier holder has left with its provider, if the newest one before this did. */
      readonly parkedAttemptId?: AttemptId;
    }
  /** Another worker holds it. */
  | { readonly outcome: 'busy'; readonly leaseExpiresAtInMs: number }
  /** It has been committed or has failed: nothing to do. */
  | { readonly outcome: 'ended' };

/**
 * Calls of a task. A claim is a lease: it ends by time, or when a newer run takes over, so that a dead worker blocks nothing.
 * Every write is fenced: only the holder of the newest claim can commit or fail a call, and only once (I3).
 */
export interface CallStore {
  claim(
    call: { taskId: TaskId; callId: CallId },
    claim: { run: number; nowInMs: number; leaseInMs: number },
  ): Promise<Claim>;
  /** `false` where the claim was lost or the call has ended: the result is then ignored. */
  commit(
    call: { taskId: TaskId; callId: CallId },
    /** `resultJson`: a small result, kept with the record. */
    change: { fence: number; attemptId: AttemptId; resultJson?: string },
  ): Promise<boolean>;
  /** Ends the call without a result; `false` as for {@link CallStore.commit}. */
  fail(
    call: { taskId: TaskId; callId: CallId },
    change: { fence: number; error: Problem },
  ): Promise<boolean>;
  /** Gives a claim back, so that the next worker need not wait for the lease. */
  release(
    call: { taskId: TaskId; callId: CallId },
    change: { fence: number; nowInMs: number },
  ): Promise<void>;
  /** Leaves a claimed call with its provider until the time: nobody claims it before, unless the answer is announced. */
  park(
    call: { taskId: TaskId; callId: CallId },
    change: { fence: number; attemptId: AttemptId; untilInMs: number },
  ): Promise<void>;
  /** Lets a parked call be claimed at once. Changes nothing where it does not wait for this attempt any more (I11). */
  unpark(
    call: { taskId: TaskId; callId: CallId },
    change: { attemptId: AttemptId; nowInMs: number },
  ): Promise<void>;
  /** Takes the result of a committed call back, so that a run after the given one can ask it anew. Only for a task that has ended. */
  reopen(call: { taskId: TaskId; callId: CallId }, change: { run: number }): Promise<void>;
  get(call: { taskId: TaskId; callId: CallId }): Promise<CallRecord | undefined>;
  /** All records of a stage's round, in order of call id. Calls that nobody has claimed have none. */
  list(taskId: TaskId, stage: string, round: number): Promise<readonly CallRecord[]>;
}

/** The usage ledger: one row an attempt (I5). */
export interface UsageLedger {
  /** Before the request is sent. */
  start(attempt: StartedAttempt): Promise<void>;
  /** After it has ended, whatever its outcome. Completing a row twice is harmless: the first completion stays. */
  end(attempt: EndedAttempt): Promise<void>;
  find(taskId: TaskId, attemptId: AttemptId): Promise<Attempt | undefined>;
  /** Notes that the provider announces the answer. `false` where the attempt has ended or was never started. */
  noteDelivery(taskId: TaskId, attemptId: AttemptId, nowInMs: number): Promise<boolean>;
  list(taskId: TaskId): Promise<readonly Attempt[]>;
}
