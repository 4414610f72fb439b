import * as z from 'zod';
import { parseJson } from '../../core/context.ts';
import type { Failure, FailureKind } from '../../core/failures.ts';
import type { QuestionReader } from '../../core/question-handler.ts';
import type { FailureReply } from '../../core/wire-form.ts';
import { parseFields } from '../../forms/chat/chat-request.ts';
import { readConversation } from '../../forms/chat/conversation.ts';
import { createMessagesForm } from '../../forms/messages/messages-form.ts';
import {
  chatMessagesOf,
  messagesFields,
  messagesToolOffers,
  messagesToolUse,
} from '../../forms/messages/messages-request.ts';
import {
  contextTokens,
  empirioLabsModel,
  gateFailure,
  hasSources,
  maxOutputTokens,
  modelFailure,
} from './request.ts';

const MessagesBody = z.object({
  ...messagesFields,
  max_tokens: z.int().min(1).max(maxOutputTokens),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  web_search_linkup: z.boolean().optional(),
  disable_formatting: z.boolean().optional(),
});

/** `POST /v1/messages` as EmpirioLabs serves it. */
export const readEmpirioLabsMessages: QuestionReader = ({ headers, body, arrival }) => {
  const form = createMessagesForm({
    id: String(arrival).padStart(8, '0'),
    model: empirioLabsModel,
    failure: messagesFailure,
  });
  const refuse = (failure: Failure) => ({ isValid: false, form, failure }) as const;
  const gate = gateFailure(headers);
  if (gate !== undefined) return refuse(gate);
  const parsed = parseFields(MessagesBody, parseJson(body));
  if (!parsed.isValid) return refuse(parsed.failure);
  const { fields } = parsed;
  const unknownModel = modelFailure(fields.model);
  if (unknownModel !== undefined) return refuse(unknownModel);
  const conversation = readConversation(chatMessagesOf(fields), { contextTokens });
  if (!conversation.isValid) return refuse(conversation.failure);
  const question = {
    messages: conversation.messages,
    promptTokens: conversation.promptTokens,
    maxTokens: fields.max_tokens,
    stop: fields.stop_sequences ?? [],
    isStreaming: fields.stream,
    includesUsage: true,
    tools: messagesToolOffers(fields.tools),
    toolUse: messagesToolUse(fields.tool_choice),
    hasSources: hasSources(fields),
  };
  return { isValid: true, form, question };
};

const types: Readonly<Record<FailureKind, string>> = {
  'rate-limit': 'rate_limit_error',
  throttled: 'rate_limit_error',
  'bad-request': 'invalid_request_error',
  'missing-key': 'authentication_error',
  'bad-key': 'authentication_error',
  'key-burst': 'authentication_error',
  payment: 'billing_error',
  balance: 'billing_error',
  forbidden: 'permission_error',
  'not-found': 'not_found_error',
  'unknown-model': 'not_found_error',
  context: 'invalid_request_error',
  upstream: 'api_error',
  unavailable: 'api_error',
  overloaded: 'overloaded_error',
  sensitive: 'invalid_request_error',
  conflict: 'invalid_request_error',
};

/** An error as the Anthropic protocol has it. A code of MiniMax stands at the end of the message, as MiniMax puts it. */
function messagesFailure({ kind, status, message, insideCode }: Failure): FailureReply {
  const told = insideCode === undefined ? message : `${message} (${insideCode})`;
  return { status, body: { type: 'error', error: { type: types[kind], message: told } } };
}
