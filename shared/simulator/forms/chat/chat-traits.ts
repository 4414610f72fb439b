import type { Usage } from '../../core/completion.ts';
import type { Failure } from '../../core/failures.ts';
import type { Shape } from '../../core/shape.ts';
import type { FailureReply } from '../../core/wire-form.ts';

/** What providers of the OpenAI chat protocol do each in their own way. */
export interface ChatTraits {
  readonly id: string;
  readonly created: number;
  /** The model that the answer names. */
  readonly model: string;
  readonly includesUsage: boolean;
  /** The fields in which a message or a delta holds thinking. */
  reasoning(text: string, shape: Shape): object;
  usage(usage: Usage, shape: Shape): object;
  failure(failure: Failure): FailureReply;
  /** Fields of a message that the protocol does not know. */
  readonly messageExtras?: object;
  /** Fields of a choice that the protocol does not know. */
  choiceExtras?(finishReason: string | null): object;
  /** Fields of a body that the protocol does not know. */
  readonly bodyExtras?: object;
  /** What a body comes in. */
  envelope?(body: object): object;
  readonly isJsonAtTimes?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export function toolCallId({ id }: ChatTraits): string {
  return `call_function_${id.replace(/\W/g, '')}_1`;
}

/** Tokens as the OpenAI protocol counts them. */
export function chatUsage(usage: Usage): object {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}
