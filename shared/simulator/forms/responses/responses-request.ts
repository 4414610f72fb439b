import * as z from 'zod';
import type { ToolOffer, ToolUse } from '../../core/tools.ts';
import type { WrittenMessage } from '../chat/conversation.ts';

const TextPart = z.object({ type: z.enum(['input_text', 'output_text']), text: z.string() });

const MessageItem = z.object({
  type: z.literal('message').default('message'),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(TextPart)]),
});
const FunctionCallItem = z.object({
  type: z.literal('function_call'),
  call_id: z.string().min(1),
  name: z.string().min(1),
  arguments: z.string(),
});
const FunctionOutputItem = z.object({
  type: z.literal('function_call_output'),
  call_id: z.string().min(1),
  output: z.string(),
});
const ReasoningItem = z.object({ type: z.literal('reasoning') });

const InputItem = z.union([FunctionCallItem, FunctionOutputItem, ReasoningItem, MessageItem]);
type InputItem = z.infer<typeof InputItem>;

const ResponsesTool = z.object({
  type: z.literal('function'),
  name: z.string().min(1),
  description: z.string().nullish(),
  parameters: z.looseObject({ type: z.literal('object') }).default({ type: 'object' }),
});

/** The fields of the OpenAI Responses protocol, without those whose range is a provider's own. */
export const responsesFields = {
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(InputItem).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().default(false),
  tools: z.array(ResponsesTool).optional(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), name: z.string().min(1) }),
    ])
    .optional(),
};

const ResponsesFields = z.object(responsesFields);
export type ResponsesFields = z.infer<typeof ResponsesFields>;

/** The same conversation as the chat protocol would write it. */
export function chatMessagesOf({ input, instructions }: ResponsesFields): WrittenMessage[] {
  const first = instructions ? [{ role: 'system', content: instructions }] : [];
  if (typeof input === 'string') return [...first, { role: 'user', content: input }];
  return [...first, ...input.flatMap(writtenMessage)];
}

export function responsesToolOffers(tools: ResponsesFields['tools'] = []): ToolOffer[] {
  return tools.map(({ name, parameters }) => ({ name, parameters }));
}

export function responsesToolUse(choice: ResponsesFields['tool_choice']): ToolUse {
  return typeof choice === 'object' ? { name: choice.name } : (choice ?? 'auto');
}

function writtenMessage(item: InputItem): WrittenMessage[] {
  switch (item.type) {
    case 'reasoning':
      return [];
    case 'function_call': {
      const called = { name: item.name, arguments: item.arguments };
      const call = { id: item.call_id, type: 'function' as const, function: called };
      return [{ role: 'assistant', content: '', tool_calls: [call] }];
    }
    case 'function_call_output':
      return [{ role: 'tool', tool_call_id: item.call_id, content: item.output }];
    case 'message': {
      const { role, content } = item;
      const text =
        typeof content === 'string' ? content : content.map((part) => part.text).join('');
      return [{ role, content: text }];
    }
  }
}
