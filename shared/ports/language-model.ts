import type { Message } from '#shared/domain/call.ts';
import type { QuireError } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { TokenUsage } from '#shared/domain/usage.ts';

/** A question as a provider gets it; already within what its profile allows. */
export interface ModelQuestion {
  readonly attemptId: AttemptId;
  readonly messages: readonly Message[];
  readonly maxOutputTokens: number;
  readonly temperature: number;
}

/** A whole answer. Thinking has been split off in every form it can have; it is counted in `usage`, never shown. */
export interface ModelAnswer {
  readonly text: string;
  /** Why the model stopped. `length`: it ran out of room, and the text is not to be used. */
  readonly finishReason: 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'other';
  readonly usage: TokenUsage;
  /** The model that the provider says has answered. */
  readonly modelAnswered: string | undefined;
  /** Characters of thinking that were split off. */
  readonly thinkingLength: number;
}

/** What is known of an attempt that failed: for the ledger, and for when to come back. */
export interface ModelFailure {
  readonly error: QuireError;
  /** Known tokens, if the provider reported any before it failed. */
  readonly usage: TokenUsage;
  /** Whether the provider may charge for it: yes as soon as it may have begun to generate. */
  readonly isPossiblyBilled: boolean;
  /** From `Retry-After`, in milliseconds from now. */
  readonly retryAfterInMs: number | undefined;
}

export type ModelReply =
  | { readonly isAnswer: true; readonly answer: ModelAnswer }
  | { readonly isAnswer: false; readonly failure: ModelFailure };

/**
 * The model at one provider: one question, one try, no retry inside. It replies also when it fails, so that no billed attempt is
 * lost in an exception; it throws only what is a fault of ours, and the signal's reason when it is aborted.
 */
export interface LanguageModel {
  readonly profile: ProviderProfile;
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelReply>;
}
