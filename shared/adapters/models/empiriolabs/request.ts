import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Message } from '#shared/domain/call.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { ModelQuestion } from '#shared/ports/language-model.ts';

/** The body as the model page describes it (specs: EmpirioLabs), with the one field that OpenAI's types do not know. */
export type CompletionRequest = ChatCompletionCreateParamsStreaming & {
  readonly disable_formatting: boolean;
};

/** One question as a request. Streaming, so that a hanging provider is noticed; never a “Sources” footer, which would break JSON. */
export function requestOf(question: ModelQuestion, profile: ProviderProfile): CompletionRequest {
  const { min, max } = profile.temperature;
  return {
    model: profile.modelId,
    messages: withOneSystemMessage(question.messages),
    temperature: Math.min(max, Math.max(min, question.temperature)),
    max_tokens: Math.min(question.maxOutputTokens, profile.maxOutputTokens),
    stream: true,
    stream_options: { include_usage: true },
    disable_formatting: true,
  };
}

/** One system message, first: without one the provider puts in its own, and several are refused (providers.md Q27). */
function withOneSystemMessage(messages: readonly Message[]): Message[] {
  const system = messages.filter((message) => message.role === 'system');
  const content =
    system.map((message) => message.content).join('\n\n') || 'You are a careful assistant.';
  return [{ role: 'system', content }, ...messages.filter((message) => message.role !== 'system')];
}
