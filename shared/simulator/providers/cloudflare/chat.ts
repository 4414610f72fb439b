import * as z from 'zod';
import { parseJson } from '../../core/context.ts';
import { badRequest, type Failure, missingKey } from '../../core/failures.ts';
import type { Question } from '../../core/question.ts';
import type { ArrivedQuestion, QuestionReader, ReadQuestion } from '../../core/question-handler.ts';
import type { WireForm } from '../../core/wire-form.ts';
import { createChatForm } from '../../forms/chat/chat-form.ts';
import { hasBearer, parseFields, toolOffers, toolUseOf } from '../../forms/chat/chat-request.ts';
import { chatUsage } from '../../forms/chat/chat-traits.ts';
import {
  type ReadMessages,
  readConversation,
  systemProblem,
} from '../../forms/chat/conversation.ts';
import { type CloudflareEnvelope, failedEnvelope, inEnvelope } from './envelope.ts';
import { cloudflareFailure } from './errors.ts';
import { type CloudflareInput, cloudflareInput } from './request-schema.ts';

const modelId = 'minimax/m2.7';
const contextTokens = 128_000;
/** The schema names no upper limit; without one, the catalogue's older value holds. */
const defaultOutputTokens = 4_096;

/** `POST …/ai/v1/chat/completions`: the model stands among the other fields. */
export function createCloudflareChat(envelope: CloudflareEnvelope): QuestionReader {
  return (arrived) => {
    const body = z.looseObject({ model: z.unknown() }).safeParse(parseJson(arrived.body));
    const { model, ...input } = body.data ?? { model: undefined };
    return readInput(arrived, { model, input, envelope });
  };
}

/** `POST …/ai/run` with `{model, input}`. */
export function createCloudflareRun(envelope: CloudflareEnvelope): QuestionReader {
  return (arrived) => {
    const shape = z.strictObject({ model: z.unknown(), input: z.unknown() });
    const body = shape.safeParse(parseJson(arrived.body));
    const { model, input } = body.data ?? { model: undefined, input: undefined };
    return readInput(arrived, { model, input, envelope });
  };
}

interface Asked {
  readonly model: unknown;
  readonly input: unknown;
  readonly envelope: CloudflareEnvelope;
}

function readInput(arrived: ArrivedQuestion, asked: Asked): ReadQuestion {
  const parsed = parseFields(cloudflareInput(arrived.profile), asked.input);
  const includesUsage = parsed.isValid && parsed.fields.stream_options?.include_usage === true;
  const form = formOf(arrived, { envelope: asked.envelope, includesUsage });
  const refuse = (failure: Failure) => ({ isValid: false, form, failure }) as const;
  if (!hasBearer(arrived.headers.authorization)) return refuse(missingKey);
  if (arrived.headers['cf-aig-gateway-id'] === '') {
    return refuse(badRequest('The gateway id is empty', 'cf-aig-gateway-id'));
  }
  if (asked.model !== modelId) {
    const message = `No such model ${String(asked.model)} or task`;
    return refuse({ kind: 'unknown-model', status: 400, message });
  }
  if (!parsed.isValid) return refuse(parsed.failure);
  const problem = systemProblem(parsed.fields.messages);
  if (problem !== undefined) return refuse(badRequest(problem, 'messages'));
  const conversation = readConversation(parsed.fields.messages, { contextTokens });
  if (!conversation.isValid) return refuse(conversation.failure);
  return { isValid: true, form, question: questionOf(parsed.fields, conversation) };
}

function questionOf(fields: CloudflareInput, { messages, promptTokens }: ReadMessages): Question {
  const maxTokens = fields.max_completion_tokens ?? fields.max_tokens ?? defaultOutputTokens;
  const schema = fields.response_format?.json_schema.schema;
  return {
    messages,
    promptTokens,
    maxTokens: Math.ceil(maxTokens),
    isStreaming: fields.stream,
    includesUsage: fields.stream_options?.include_usage === true,
    tools: toolOffers(fields.tools),
    toolUse: toolUseOf(fields.tool_choice),
    isMasked: fields.mask_sensitive_info === true,
    ...(schema && { json: { schema } }),
  };
}

function formOf(
  { arrival, createdInSeconds }: ArrivedQuestion,
  { envelope, includesUsage }: { envelope: CloudflareEnvelope; includesUsage: boolean },
): WireForm {
  const id = `066cf8dd${arrival.toString(16).padStart(16, '0')}`;
  return createChatForm({
    id,
    created: createdInSeconds,
    model: 'MiniMax-M2.7',
    includesUsage,
    reasoning: (text) => ({ reasoning_content: text, reasoning_details: [reasoningDetail(text)] }),
    usage: (usage) => ({ ...chatUsage(usage), total_characters: 0 }),
    failure: (failure) =>
      failure.status === 200
        ? { status: 200, body: failedEnvelope(failure.message, envelope) }
        : cloudflareFailure(failure),
    messageExtras: { name: 'MiniMax AI', audio_content: '' },
    bodyExtras: {
      input_sensitive: false,
      output_sensitive: false,
      input_sensitive_type: 0,
      output_sensitive_type: 0,
      output_sensitive_int: 0,
      base_resp: { status_code: 0, status_msg: '' },
    },
    isJsonAtTimes: true,
    envelope: (body) => inEnvelope(body, envelope),
    headers: {
      'cf-aig-log-id': `log-${id}`,
      'cf-aig-step': '0',
      'cf-aig-cache-status': 'MISS',
    },
  });
}

function reasoningDetail(text: string): object {
  return {
    type: 'reasoning.text',
    id: 'reasoning-text-1',
    format: 'MiniMax-response-v1',
    index: 0,
    text,
  };
}
