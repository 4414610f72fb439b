import * as z from 'zod';
import { parseJson } from '../../core/context.ts';
import type { Failure } from '../../core/failures.ts';
import type { QuestionReader } from '../../core/question-handler.ts';
import { createChatForm } from '../../forms/chat/chat-form.ts';
import {
  ChatTool,
  ChatToolChoice,
  parseFields,
  Stop,
  StreamOptions,
  stopsOf,
  toolOffers,
  toolUseOf,
} from '../../forms/chat/chat-request.ts';
import { chatUsage } from '../../forms/chat/chat-traits.ts';
import { messageFields, readConversation } from '../../forms/chat/conversation.ts';
import { empirioLabsFailure } from './errors.ts';
import {
  contextTokens,
  defaultOutputTokens,
  empirioLabsModel,
  gateFailure,
  hasSources,
  maxOutputTokens,
  modelFailure,
} from './request.ts';

/** What the model's page documents; fields that it does not name are ignored, as the gateway does. */
const ChatBody = z.object({
  model: z.string().min(1),
  messages: z
    .array(
      z.object({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
        ...messageFields,
      }),
    )
    .min(1),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: z.int().min(1).max(maxOutputTokens).default(defaultOutputTokens),
  stop: Stop.optional(),
  tools: z.array(ChatTool).optional(),
  tool_choice: ChatToolChoice.optional(),
  stream: z.boolean().default(false),
  stream_options: StreamOptions.nullish(),
  web_search_linkup: z.boolean().optional(),
  disable_formatting: z.boolean().optional(),
});

/** `POST /v1/chat/completions` as EmpirioLabs serves it. */
export const readEmpirioLabsChat: QuestionReader = ({
  headers,
  body,
  arrival,
  createdInSeconds,
}) => {
  const parsed = parseFields(ChatBody, parseJson(body));
  const includesUsage = parsed.isValid && parsed.fields.stream_options?.include_usage === true;
  const form = createChatForm({
    id: `chatcmpl-${arrival}`,
    created: createdInSeconds,
    model: empirioLabsModel,
    includesUsage,
    reasoning: (text) => ({ reasoning_content: text }),
    usage: chatUsage,
    failure: empirioLabsFailure,
  });
  const refuse = (failure: Failure) => ({ isValid: false, form, failure }) as const;
  const gate = gateFailure(headers);
  if (gate !== undefined) return refuse(gate);
  if (!parsed.isValid) return refuse(parsed.failure);
  const { fields } = parsed;
  const unknownModel = modelFailure(fields.model);
  if (unknownModel !== undefined) return refuse(unknownModel);
  const conversation = readConversation(fields.messages, { contextTokens });
  if (!conversation.isValid) return refuse(conversation.failure);
  const question = {
    messages: conversation.messages,
    promptTokens: conversation.promptTokens,
    maxTokens: fields.max_tokens,
    stop: stopsOf(fields.stop),
    isStreaming: fields.stream,
    includesUsage,
    tools: toolOffers(fields.tools),
    toolUse: toolUseOf(fields.tool_choice),
    hasSources: hasSources(fields),
  };
  return { isValid: true, form, question };
};
