import * as z from 'zod';
import type { ChatMessage } from '../../answers/answer-prompt.ts';
import { parseJson } from '../../core/context.ts';
import { badRequest, contextExceeded, type Failure } from '../../core/failures.ts';
import { estimateTokens } from '../../estimate-tokens.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

export const MessageContent = z.union([z.string(), z.array(textPart), z.null()]).optional();

export const MessageToolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});

/** A message as the OpenAI protocol has it; the roles are the provider's own. */
export const messageFields = {
  content: MessageContent,
  name: z.string().optional(),
  tool_calls: z.array(MessageToolCall).optional(),
  tool_call_id: z.string().optional(),
};

const WrittenMessage = z.object({ role: z.string(), ...messageFields });
export type WrittenMessage = z.infer<typeof WrittenMessage>;

/** A question's messages as plain text. */
export interface ReadMessages {
  readonly messages: readonly ChatMessage[];
  readonly promptTokens: number;
}

/** The same, or what is wrong with them. */
export type Conversation =
  | ({ readonly isValid: true } & ReadMessages)
  | { readonly isValid: false; readonly failure: Failure };

/** Checks what the model behind all of these providers checks, with its own words (providers.md Q26–Q28, Q45). */
export function readConversation(
  written: readonly WrittenMessage[],
  { contextTokens }: { contextTokens: number },
): Conversation {
  const messages = written.map(({ role, content }) => ({ role, content: textOf(content) }));
  const problem = problemWith(written);
  if (problem !== undefined) return { isValid: false, failure: badRequest(problem, 'messages') };
  const promptTokens = estimateTokens(messages.map(({ content }) => content).join('\n'));
  if (promptTokens > contextTokens) return { isValid: false, failure: contextExceeded() };
  return { isValid: true, messages, promptTokens };
}

/** Several system messages, or one that is not the first: MiniMax refuses both. */
export function systemProblem(messages: readonly { readonly role: string }[]): string | undefined {
  const isMisplaced = messages.slice(1).some(({ role }) => role === 'system');
  return isMisplaced ? 'invalid params, invalid chat setting (2013)' : undefined;
}

export function textOf(content: z.infer<typeof MessageContent>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text).join('');
}

function problemWith(messages: readonly WrittenMessage[]): string | undefined {
  if (messages.some(isEmpty)) return 'invalid params, chat content is empty (2013)';
  const calls = messages.flatMap((message) => message.tool_calls ?? []);
  if (calls.some((call) => parseJson(call.function.arguments) === undefined)) {
    return 'invalid params, invalid function arguments json string (2013)';
  }
  return toolProblem(messages);
}

/** Every call of a tool has its result right after it, and no result is without its call. */
function toolProblem(messages: readonly WrittenMessage[]): string | undefined {
  const open = new Set<string>();
  for (const { role, tool_call_id: id = '', tool_calls: calls = [] } of messages) {
    if (role === 'tool' && !open.delete(id)) {
      return "invalid params, tool result's tool id not found (2013)";
    }
    if (role !== 'tool' && calls.length === 0 && open.size > 0) {
      return 'invalid params, tool call result does not follow tool call (2013)';
    }
    for (const call of calls) open.add(call.id);
  }
  return undefined;
}

/** An assistant may have said nothing, and a system message may have only a name. */
function isEmpty({ role, content, name }: WrittenMessage): boolean {
  if (role === 'assistant' || (role === 'system' && name !== undefined)) return false;
  return textOf(content) === '';
}
