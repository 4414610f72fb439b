/** How a failure is answered by the parts that could try again. */
export type RetryScope = 'never' | 'attempt' | 'step';

/**
 * What the call layer does about a failed attempt: try again at the same provider, go on to the next provider, or stop, since every
 * provider of the model would answer the same.
 */
export type FailureAction = 'retry-here' | 'fail-over' | 'stop';

/** One row of the error table. */
export interface ErrorEntry {
  /** Who could try again: nobody, the call layer (`attempt`), or the state machine (`step`). */
  readonly retry: RetryScope;
  /** Of an attempt that failed with it. */
  readonly action: FailureAction;
  /** Status of the RFC 9457 problem that carries the code over HTTP. */
  readonly httpStatus: number;
  /** Whose fault: what was submitted, the model's provider, the task's own limits, or ours. */
  readonly origin: 'input' | 'provider' | 'limit' | 'system';
  /** Short, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** What the reader can do about it. One sentence or two. */
  readonly remedy: string;
}

export const input = (httpStatus: number, title: string, remedy: string): ErrorEntry => ({
  retry: 'never',
  action: 'stop',
  httpStatus,
  origin: 'input',
  title,
  remedy,
});

export const provider = (action: FailureAction, title: string, remedy: string): ErrorEntry => ({
  retry: action === 'stop' ? 'never' : 'attempt',
  action,
  httpStatus: 502,
  origin: 'provider',
  title,
  remedy,
});

export const limit = (httpStatus: number, title: string, remedy: string): ErrorEntry => ({
  retry: 'never',
  action: 'stop',
  httpStatus,
  origin: 'limit',
  title,
  remedy,
});

export const system = (retry: ErrorEntry['retry'], title: string, remedy: string): ErrorEntry => ({
  retry,
  action: 'stop',
  httpStatus: 500,
  origin: 'system',
  title,
  remedy,
});
