import * as z from 'zod';
import type { Usage } from '../../core/completion.ts';
import { parseJson } from '../../core/context.ts';
import { badRequest, type Failure, missingKey } from '../../core/failures.ts';
import type { Profile, Question } from '../../core/question.ts';
import type { ArrivedQuestion, QuestionReader } from '../../core/question-handler.ts';
import type { Shape } from '../../core/shape.ts';
import { createChatForm } from '../../forms/chat/chat-form.ts';
import {
  ChatTool,
  ChatToolChoice,
  hasBearer,
  parseFields,
  Stop,
  StreamOptions,
  stopsOf,
  toolOffers,
  toolUseOf,
} from '../../forms/chat/chat-request.ts';
import type { ChatTraits } from '../../forms/chat/chat-traits.ts';
import {
  type Conversation,
  messageFields,
  type ReadMessages,
  readConversation,
  systemProblem,
} from '../../forms/chat/conversation.ts';
import { cloudswayFailure } from './errors.ts';

const contextTokens = 204_800;
const models = new Set([
  'MiniMax-M2.5',
  'MiniMax-M2.5-highspeed',
  'MiniMax-M2.7',
  'MiniMax-M2.7-highspeed',
  'MaaS_Minimax_M2.7_20260318',
]);
/** The page shows this name in every answer, whatever was asked for. */
const answeringModel = 'MaaS_Minimax_M2.7_20260318';
/** Of a system prompt that nobody has sent, always from the cache (providers.md Q19). */
const hiddenTokens = 35;

const roles = [
  'system',
  'user',
  'assistant',
  'user_system',
  'group',
  'sample_message_user',
  'sample_message_ai',
  // Not on the page's list, but tools are, and their results have no other role.
  'tool',
] as const;

/** What the page lists; other fields are ignored. What is said not to be enforced is open in the observed profile. */
function chatBody(profile: Profile) {
  const isStrict = profile === 'strict';
  const maxTokens = z
    .int()
    .min(1)
    .max(isStrict ? 2_048 : 196_608);
  const sampling = isStrict ? z.number().gt(0).max(1) : z.number().min(0).max(1);
  const penalty = z.number().min(-2).max(2).optional();
  return z.object({
    model: z.string().min(1),
    messages: z.array(z.object({ role: z.enum(roles), ...messageFields })).min(1),
    temperature: sampling.optional(),
    top_p: sampling.optional(),
    max_tokens: maxTokens.optional(),
    max_completion_tokens: maxTokens.optional(),
    stream: z.boolean().default(false),
    stream_options: StreamOptions.nullish(),
    stop: Stop.optional(),
    n: z.literal(1).optional(),
    frequency_penalty: penalty,
    presence_penalty: penalty,
    response_format: z.object({ type: z.literal('json_object') }).optional(),
    seed: z.int().optional(),
    tool_choice: ChatToolChoice.optional(),
    tools: z.array(ChatTool).optional(),
    mask_sensitive_info: z.boolean().default(true),
    user: z.string().optional(),
    reasoning_split: z.boolean().default(false),
  });
}
type ChatBody = z.infer<ReturnType<typeof chatBody>>;

/** `POST …/chat/completions` as Cloudsway serves it, with or without the name of an endpoint. */
export const readCloudswayChat: QuestionReader = (arrived) => {
  const { headers, body, profile } = arrived;
  const parsed = parseFields(chatBody(profile), parseJson(body));
  const fields = parsed.isValid ? parsed.fields : undefined;
  const form = createChatForm(traitsOf(arrived, fields));
  const refuse = (failure: Failure) => ({ isValid: false, form, failure }) as const;
  if (!hasBearer(headers.authorization)) return refuse(missingKey);
  if (!parsed.isValid) return refuse(parsed.failure);
  const conversation = readMessages(parsed.fields);
  if (!conversation.isValid) return refuse(conversation.failure);
  return { isValid: true, form, question: questionOf(parsed.fields, conversation) };
};

function readMessages({ model, messages }: ChatBody): Conversation {
  if (!models.has(model)) {
    const message = `MODEL_TYPE_NOT_FOUND: the endpoint does not serve ${model}`;
    return { isValid: false, failure: { kind: 'unknown-model', status: 404, message } };
  }
  const problem = systemProblem(messages);
  if (problem !== undefined) return { isValid: false, failure: badRequest(problem, 'messages') };
  return readConversation(messages, { contextTokens });
}

function questionOf(fields: ChatBody, { messages, promptTokens }: ReadMessages): Question {
  return {
    messages,
    promptTokens: promptTokens + hiddenTokens,
    maxTokens: fields.max_completion_tokens ?? fields.max_tokens ?? 2_048,
    stop: stopsOf(fields.stop),
    isStreaming: fields.stream,
    includesUsage: fields.stream_options?.include_usage === true,
    tools: toolOffers(fields.tools),
    toolUse: toolUseOf(fields.tool_choice),
    isMasked: fields.mask_sensitive_info,
    ...(fields.response_format && { json: {} }),
  };
}

function traitsOf(arrived: ArrivedQuestion, fields: ChatBody | undefined): ChatTraits {
  const { arrival, createdInSeconds, profile } = arrived;
  return {
    id: `chatcmpl-cw${arrival}`,
    created: createdInSeconds,
    model: answeringModel,
    includesUsage: fields?.stream_options?.include_usage === true,
    reasoning: (text, shape) => reasoningOf(text, shape, fields?.reasoning_split === true),
    usage: usageOf,
    choiceExtras: (finishReason) => ({ native_finish_reason: finishReason }),
    failure: (failure) => cloudswayFailure(failure, profile),
  };
}

/** Shown only where it was asked for, or where it is shown twice by mistake. */
function reasoningOf(text: string, shape: Shape, isAskedFor: boolean): object {
  if (!isAskedFor && shape.tags === 'none') return {};
  return { reasoning_details: [{ type: 'reasoning.text', text, signature: null }] };
}

function usageOf(usage: Usage, { isObserved }: Shape): object {
  const unused = { audio_tokens: 0, image_tokens: 0 };
  // One of the page's own examples counts more thinking than answer.
  const reasoningTokens = isObserved ? usage.completionTokens + 4 : usage.reasoningTokens;
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    completion_tokens_details: {
      ...unused,
      accepted_prediction_tokens: 0,
      reasoning_tokens: reasoningTokens,
      rejected_prediction_tokens: 0,
    },
    prompt_tokens_details: {
      ...unused,
      cached_tokens: usage.promptTokens > 0 ? hiddenTokens : 0,
    },
  };
}
