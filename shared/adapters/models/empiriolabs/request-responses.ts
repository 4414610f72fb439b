import type {
  ResponseCreateParamsStreaming,
  ResponseInputItem,
} from 'openai/resources/responses/responses';
import { type ProviderProfile, withinRange } from '#shared/domain/providers.ts';
import type { ModelMessage, ModelQuestion, ToolChoice } from '#shared/ports/language-model.ts';
import { splitSystem } from '../internal/messages.ts';
import { type EmpirioLabsOptions, gatewayOptions } from './request.ts';

export type EmpirioLabsResponsesRequest = ResponseCreateParamsStreaming & EmpirioLabsOptions;

/** One question for `/responses`. Nothing of it is to be kept there; the protocol has no `stop`. */
export function responsesRequest(
  question: ModelQuestion,
  profile: ProviderProfile,
): EmpirioLabsResponsesRequest {
  const { instructions, turns } = splitSystem(question.messages);
  const { topP, tools = [], toolChoice } = question;
  return {
    model: profile.modelId,
    instructions,
    input: turns.flatMap(itemsOf),
    temperature: withinRange(question.temperature, profile.temperature),
    ...(topP === undefined ? {} : { top_p: withinRange(topP, profile.topP) }),
    max_output_tokens: Math.min(question.maxOutputTokens, profile.maxOutputTokens),
    ...(tools.length === 0
      ? {}
      : // Strict is the standard here, and would refuse schemas with optional members.
        { tools: tools.map((tool) => ({ type: 'function' as const, ...tool, strict: false })) }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoiceOf(toolChoice) }),
    store: false,
    stream: true,
    ...gatewayOptions(question),
  };
}

function toolChoiceOf(choice: ToolChoice) {
  return typeof choice === 'string' ? choice : { type: 'function' as const, name: choice.name };
}

/** Calls of functions and what they returned are items of their own. */
function itemsOf(message: ModelMessage): ResponseInputItem[] {
  const { role, content } = message;
  if (role === 'tool') {
    return [{ type: 'function_call_output', call_id: message.toolCallId, output: content }];
  }
  const text: ResponseInputItem[] = content === '' ? [] : [{ role, content }];
  if (!('toolCalls' in message)) return text;
  const calls = message.toolCalls.map(({ id, name, argumentsText }) => ({
    type: 'function_call' as const,
    call_id: id,
    name,
    arguments: argumentsText,
  }));
  return [...text, ...calls];
}
