import type { Problem } from '#shared/domain/errors.ts';

/** An event that a function could not handle, as the queue keeps it. */
export interface DeadLetter {
  /** Names it to the queue, for a while. */
  readonly receipt: string;
  /** The function that was to handle it; `undefined` where the message does not say, or cannot be read. */
  readonly functionName: string | undefined;
  /** The event as the function would have got it. */
  readonly event: unknown;
}

/** Takes events that no repetition would help. Errors: `store_unavailable`. */
export interface RefusedEvents {
  put(event: unknown, problem: Problem): Promise<void>;
}

/** Events that could not be handled. Errors: `store_unavailable`. */
export interface DeadLetters {
  /** A few of them, hidden from other receivers meanwhile; none where the queue shows none. */
  receive(): Promise<readonly DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
  /** Shows it to other receivers again. */
  release(letter: DeadLetter): Promise<void>;
}

/** How a function answered an event. */
export type Invocation =
  | { readonly isHandled: true; readonly output: unknown }
  | { readonly isHandled: false; readonly reason: string };

export interface Functions {
  /** Runs a function with an event and waits for its end. Errors: `store_unavailable`. */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
}
