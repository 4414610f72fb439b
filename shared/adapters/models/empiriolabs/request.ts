import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { ModelQuestion } from '#shared/ports/language-model.ts';
import { chatRequestOf } from '../internal/chat/request.ts';

/** The body as the model page describes it (specs: EmpirioLabs), with the fields that OpenAI's types do not know. */
export type EmpirioLabsChatRequest = ChatCompletionCreateParamsStreaming & EmpirioLabsOptions;

/** Options of the gateway, the same on all its routes. */
export interface EmpirioLabsOptions {
  readonly disable_formatting: boolean;
  readonly web_search_linkup?: boolean;
}

/** Never a “Sources” footer, which would break JSON; a web search only where the task has asked for one. */
export function gatewayOptions(question: ModelQuestion): EmpirioLabsOptions {
  return {
    disable_formatting: true,
    ...(question.webSearch === true ? { web_search_linkup: true } : {}),
  };
}

/** One question for `/chat/completions`. Streaming, so that a hanging provider is noticed. */
export function chatRequest(
  question: ModelQuestion,
  profile: ProviderProfile,
): EmpirioLabsChatRequest {
  return { ...chatRequestOf(question, profile), ...gatewayOptions(question) };
}
