import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { type ProviderProfile, withinRange } from '#shared/domain/providers.ts';
import type { ModelMessage, ModelQuestion, ToolChoice } from '#shared/ports/language-model.ts';
import { withOneSystemMessage } from '../messages.ts';

/** The fields that all chat completions share; each provider adds its own. */
export function chatRequestOf(
  question: ModelQuestion,
  profile: ProviderProfile,
): ChatCompletionCreateParamsStreaming {
  const { topP, seed, stop, tools = [], toolChoice } = question;
  return {
    model: profile.modelId,
    messages: withOneSystemMessage(question.messages).map(messageOf),
    temperature: withinRange(question.temperature, profile.temperature),
    ...(topP === undefined ? {} : { top_p: withinRange(topP, profile.topP) }),
    max_tokens: Math.min(question.maxOutputTokens, profile.maxOutputTokens),
    ...(seed === undefined || !profile.hasSeed ? {} : { seed }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop: [...stop] }),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function' as const, function: { ...tool } })) }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoiceOf(toolChoice) }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

function toolChoiceOf(choice: ToolChoice) {
  if (typeof choice === 'string') return choice;
  return { type: 'function' as const, function: { name: choice.name } };
}

function messageOf(message: ModelMessage): ChatCompletionMessageParam {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
  }
  if (!('toolCalls' in message)) return { role: message.role, content: message.content };
  const calls = message.toolCalls.map(({ id, name, argumentsText }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: argumentsText },
  }));
  // The content is there even where it is empty: one provider's schema demands it.
  return { role: 'assistant', content: message.content, tool_calls: calls };
}
