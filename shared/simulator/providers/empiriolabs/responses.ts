import * as z from 'zod';
import { parseJson } from '../../core/context.ts';
import type { Failure } from '../../core/failures.ts';
import type { QuestionReader } from '../../core/question-handler.ts';
import { parseFields } from '../../forms/chat/chat-request.ts';
import { readConversation } from '../../forms/chat/conversation.ts';
import { createResponsesForm } from '../../forms/responses/responses-form.ts';
import {
  chatMessagesOf,
  responsesFields,
  responsesToolOffers,
  responsesToolUse,
} from '../../forms/responses/responses-request.ts';
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

const ResponsesBody = z.object({
  ...responsesFields,
  max_output_tokens: z.int().min(1).max(maxOutputTokens).default(defaultOutputTokens),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  web_search_linkup: z.boolean().optional(),
  disable_formatting: z.boolean().optional(),
});

/** `POST /v1/responses` as EmpirioLabs serves it. */
export const readEmpirioLabsResponses: QuestionReader = (arrived) => {
  const { headers, body, arrival, createdInSeconds } = arrived;
  const form = createResponsesForm({
    id: String(arrival).padStart(8, '0'),
    createdInSeconds,
    model: empirioLabsModel,
    failure: empirioLabsFailure,
  });
  const refuse = (failure: Failure) => ({ isValid: false, form, failure }) as const;
  const gate = gateFailure(headers);
  if (gate !== undefined) return refuse(gate);
  const parsed = parseFields(ResponsesBody, parseJson(body));
  if (!parsed.isValid) return refuse(parsed.failure);
  const { fields } = parsed;
  const unknownModel = modelFailure(fields.model);
  if (unknownModel !== undefined) return refuse(unknownModel);
  const conversation = readConversation(chatMessagesOf(fields), { contextTokens });
  if (!conversation.isValid) return refuse(conversation.failure);
  const question = {
    messages: conversation.messages,
    promptTokens: conversation.promptTokens,
    maxTokens: fields.max_output_tokens,
    isStreaming: fields.stream,
    includesUsage: true,
    tools: responsesToolOffers(fields.tools),
    toolUse: responsesToolUse(fields.tool_choice),
    hasSources: hasSources(fields),
  };
  return { isValid: true, form, question };
};
