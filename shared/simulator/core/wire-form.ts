import type { Completion } from './completion.ts';
import type { Failure } from './failures.ts';
import type { Shape } from './shape.ts';

/** How one protocol writes what has happened. Made for one question. */
export interface WireForm {
  /** The whole answer in one body. */
  body(completion: Completion, shape: Shape): object;
  /** The frames of a streamed answer. */
  frames(completion: Completion, shape: Shape): string[];
  /** An error as the body of a reply; one that hides in a success among them. */
  failure(failure: Failure): FailureReply;
  /** An error that arrives in a stream that is called a success. */
  failureFrames(failure: Failure): string[];
  /** Seen to answer a request for a stream with a JSON body now and then. */
  readonly isJsonAtTimes?: boolean;
  /** Headers of every reply. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FailureReply {
  readonly status: number;
  readonly body: object;
}

export function dataFrame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** An event that names its type, of the protocols that have several. */
export interface WireEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export function eventFrame(event: WireEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export const doneFrame = 'data: [DONE]\n\n';
