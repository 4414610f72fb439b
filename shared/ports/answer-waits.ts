import type { AttemptId, CallId, TaskId } from '#shared/domain/ids.ts';

/** A worker of a stage's round, whose state in the machine may wait for answers. */
export interface WaitingWorker {
  readonly taskId: TaskId;
  readonly stage: string;
  readonly round: number;
  readonly worker: number;
}

/**
 * What the workers of a task wait for while no function runs: for each one the attempts whose answers are still to come, and the task
 * token of the state that waits. Whoever takes the last attempt away, or brings the token when none is left, answers it; that this
 * happens at least once is all that is needed, since a token answers once. Errors: `store_unavailable`.
 */
export interface AnswerWaits {
  /** Before the worker's function ends. Replaces what it has waited for before; an older run replaces nothing. */
  begin(
    worker: WaitingWorker,
    wait: { run: number; attemptIds: readonly AttemptId[]; nowInMs: number },
  ): Promise<void>;
  /** Keeps the token of the waiting state; tells whether there is still something to wait for. */
  keepToken(worker: WaitingWorker, token: string): Promise<{ readonly isOver: boolean }>;
  /** Takes an attempt away from every worker that waits for it. Returns the tokens of those that wait for nothing more. */
  arrive(
    call: { taskId: TaskId; callId: CallId },
    attemptId: AttemptId,
  ): Promise<readonly string[]>;
}
