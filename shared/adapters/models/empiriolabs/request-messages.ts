import { type ProviderProfile, withinRange } from '#shared/domain/providers.ts';
import type { ModelMessage, ModelQuestion, ToolChoice } from '#shared/ports/language-model.ts';
import { splitSystem } from '../internal/messages.ts';
import { parseJson } from '../internal/parse-json.ts';
import { type EmpirioLabsOptions, gatewayOptions } from './request.ts';

/** Version of the protocol, which its header has to name. */
export const messagesVersion = '2023-06-01';

type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: object;
    }
  | { readonly type: 'tool_result'; readonly tool_use_id: string; readonly content: string };

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly ContentBlock[];
}

/** The body in Anthropic's format. */
export interface MessagesRequest extends EmpirioLabsOptions {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Turn[];
  readonly max_tokens: number;
  readonly temperature: number;
  readonly top_p?: number;
  readonly stop_sequences?: readonly string[];
  readonly tools?: readonly object[];
  readonly tool_choice?: object;
  readonly stream: true;
}

/** One question for `/messages`. */
export function messagesRequest(
  question: ModelQuestion,
  profile: ProviderProfile,
): MessagesRequest {
  const { instructions, turns } = splitSystem(question.messages);
  const { topP, stop = [], tools = [], toolChoice } = question;
  return {
    model: profile.modelId,
    system: instructions,
    messages: turnsOf(turns),
    max_tokens: Math.min(question.maxOutputTokens, profile.maxOutputTokens),
    temperature: withinRange(question.temperature, profile.temperature),
    ...(topP === undefined ? {} : { top_p: withinRange(topP, profile.topP) }),
    ...(stop.length === 0 ? {} : { stop_sequences: [...stop] }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            name,
            description,
            input_schema: parameters,
          })),
        }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoiceOf(toolChoice) }),
    stream: true,
    ...gatewayOptions(question),
  };
}

function toolChoiceOf(choice: ToolChoice) {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}

/** What several functions returned belongs into one turn of the user. */
function turnsOf(messages: readonly ModelMessage[]): Turn[] {
  const turns: Turn[] = [];
  let results: ContentBlock[] = [];
  for (const message of messages) {
    if (message.role !== 'tool') {
      results = [];
      turns.push(turnOf(message));
      continue;
    }
    if (results.length === 0) turns.push({ role: 'user', content: results });
    const { toolCallId, content } = message;
    results.push({ type: 'tool_result', tool_use_id: toolCallId, content });
  }
  return turns;
}

function turnOf(message: Exclude<ModelMessage, { role: 'tool' }>): Turn {
  const role = message.role === 'assistant' ? 'assistant' : 'user';
  const { content } = message;
  if (!('toolCalls' in message)) return { role, content };
  const text: ContentBlock[] = content === '' ? [] : [{ type: 'text', text: content }];
  const calls = message.toolCalls.map(({ id, name, argumentsText }) => ({
    type: 'tool_use' as const,
    id,
    name,
    input: objectIn(argumentsText),
  }));
  return { role, content: [...text, ...calls] };
}

/** The format wants an object, which what the model wrote may not be. */
function objectIn(text: string): object {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
