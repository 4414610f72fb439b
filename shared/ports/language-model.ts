import type { Message } from '#shared/domain/call.ts';
import type { QuireError } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { TokenUsage } from '#shared/domain/usage.ts';

/** A function that the model may ask for. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object; `{"type": "object", "properties": {}}` where it takes nothing. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** The model asks for a function. The arguments are as it wrote them: a JSON text that may be wrong. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}

/** A message of a question; with tools also the model's earlier calls and what they returned. */
export type ModelMessage =
  | Message
  | {
      readonly role: 'assistant';
      readonly content: string;
      readonly toolCalls: readonly ToolCall[];
    }
  | { readonly role: 'tool'; readonly content: string; readonly toolCallId: string };

/** A question as a provider gets it; already within what its profile allows. */
export interface ModelQuestion {
  readonly attemptId: AttemptId;
  /** UUID v4 of the attempt, for providers that tell a repetition by it. It is in the ledger before the request is sent. */
  readonly requestId: string;
  /** An earlier worker may have sent it already under the same request id. */
  readonly isResent: boolean;
  /** The provider has accepted it under the request id: the answer is to be fetched. */
  readonly isAccepted?: boolean | undefined;
  /** Where the provider may announce the answer later. A model that lets it replies that the question is pending. */
  readonly callbackUrl?: string | undefined;
  readonly messages: readonly ModelMessage[];
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly topP?: number | undefined;
  readonly seed?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly tools?: readonly ToolDefinition[] | undefined;
  readonly toolChoice?: ToolChoice | undefined;
  /** Asks the provider to search the web with the latest user message; that text leaves for a third party. Off by default. */
  readonly webSearch?: boolean | undefined;
  /** Lets the provider mask e-mail addresses and numbers in the answer. Off by default, since it changes what is extracted. */
  readonly masksSensitiveInfo?: boolean | undefined;
}

/** A whole answer. Thinking has been split off in every form it can have; it is counted in `usage`, never shown. */
export interface ModelAnswer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Why the model stopped. `length`: it ran out of room, and the text is not to be used. */
  readonly finishReason: 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'other';
  readonly usage: TokenUsage;
  /** What the provider says it charges, where it says so, rounded up. */
  readonly reportedCostInMicroUsd?: number | undefined;
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

/** The provider has accepted the question and will announce its answer, which can then be fetched under the request id. */
export interface PendingReply {
  readonly isPending: true;
}

/**
 * The model at one provider: one question, one try, no retry inside. It replies also when it fails, so that no billed attempt is
 * lost in an exception; it throws only what is a fault of ours, and the signal's reason when it is aborted.
 */
export interface LanguageModel {
  readonly profile: ProviderProfile;
  /** Names the key in use without telling it: health is kept for each provider and key. */
  keyId(): Promise<string>;
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelReply | PendingReply>;
}
