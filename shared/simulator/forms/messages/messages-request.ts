import * as z from 'zod';
import type { ToolOffer, ToolUse } from '../../core/tools.ts';
import type { WrittenMessage } from '../chat/conversation.ts';

const TextBlock = z.object({ type: z.literal('text'), text: z.string() });
const ToolUseBlock = z.object({
  type: z.literal('tool_use'),
  id: z.string().min(1),
  name: z.string().min(1),
  input: z.record(z.string(), z.unknown()),
});
const ToolResultBlock = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string().min(1),
  content: z.union([z.string(), z.array(TextBlock)]).default(''),
});
const ThinkingBlock = z.object({ type: z.literal('thinking'), thinking: z.string() });

const Block = z.discriminatedUnion('type', [
  TextBlock,
  ToolUseBlock,
  ToolResultBlock,
  ThinkingBlock,
]);
type Block = z.infer<typeof Block>;

const AnthropicMessage = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(Block)]),
});

const MessagesTool = z.object({
  name: z.string().min(1),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
});

const MessagesToolChoice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auto') }),
  z.object({ type: z.literal('any') }),
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('tool'), name: z.string().min(1) }),
]);

/** The fields of the Anthropic Messages protocol, without those whose range is a provider's own. */
export const messagesFields = {
  model: z.string().min(1),
  messages: z.array(AnthropicMessage).min(1),
  system: z.union([z.string(), z.array(TextBlock)]).optional(),
  stop_sequences: z.array(z.string().min(1)).optional(),
  stream: z.boolean().default(false),
  tools: z.array(MessagesTool).optional(),
  tool_choice: MessagesToolChoice.optional(),
};

const MessagesFields = z.object(messagesFields);
export type MessagesFields = z.infer<typeof MessagesFields>;

/** The same conversation as the chat protocol would write it. */
export function chatMessagesOf({ system, messages }: MessagesFields): WrittenMessage[] {
  const first = system === undefined ? [] : [{ role: 'system', content: system }];
  return [...first, ...messages.flatMap(writtenMessages)];
}

export function messagesToolOffers(tools: MessagesFields['tools'] = []): ToolOffer[] {
  return tools.map((tool) => ({ name: tool.name, parameters: tool.input_schema }));
}

export function messagesToolUse(choice: MessagesFields['tool_choice']): ToolUse {
  if (choice?.type === 'tool') return { name: choice.name };
  return choice?.type === 'any' ? 'required' : (choice?.type ?? 'auto');
}

function writtenMessages({ role, content }: z.infer<typeof AnthropicMessage>): WrittenMessage[] {
  if (typeof content === 'string') return [{ role, content }];
  const results = content.flatMap((block) =>
    block.type === 'tool_result'
      ? [{ role: 'tool', tool_call_id: block.tool_use_id, content: block.content }]
      : [],
  );
  const text = content.flatMap((block) => (block.type === 'text' ? [block] : []));
  const calls = content.flatMap(toolCallOf);
  // Results come in a message of their own, which is no empty message of the user.
  if (results.length > 0 && text.length === 0) return results;
  return [...results, { role, content: text, ...(calls.length > 0 && { tool_calls: calls }) }];
}

function toolCallOf(block: Block) {
  if (block.type !== 'tool_use') return [];
  const called = { name: block.name, arguments: JSON.stringify(block.input) };
  return [{ id: block.id, type: 'function' as const, function: called }];
}
