import * as z from 'zod';
import { providerProfiles } from '#shared/domain/providers.ts';
import { estimateTokens } from './estimate-tokens.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

const ChatMessageBody = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(textPart), z.null()]).optional(),
});

/** What the model's page documents; fields that it does not name are ignored, as the gateway does. */
const ChatBody = z.object({
  model: z.string().min(1),
  messages: z.array(ChatMessageBody).min(1),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: z.int().min(1).max(131_072).default(4_096),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).optional(),
  tools: z.array(z.unknown()).optional(),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().optional() }).optional(),
  web_search_linkup: z.boolean().optional(),
  disable_formatting: z.boolean().optional(),
});

/** A question as it arrived, ready to be answered. */
export interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly isStreaming: boolean;
  readonly includesUsage: boolean;
  readonly promptTokens: number;
}

/** An error as OpenAI-compatible APIs send it. */
export interface ChatError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly code: string;
}

export type ReadChat =
  | { readonly isValid: true; readonly request: ChatRequest }
  | { readonly isValid: false; readonly error: ChatError };

export const simulatedModel = providerProfiles.simulator.modelId;

/** Checks a request as the provider's page describes it. */
export function readChatRequest(authorization: string | undefined, body: string): ReadChat {
  if (authorization === undefined || !/^Bearer \S+/.test(authorization)) {
    return refuse(401, 'missing_api_key', 'No API key was sent: Authorization: Bearer …');
  }
  const parsed = ChatBody.safeParse(parseJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') || 'body';
    return refuse(400, 'invalid_request', `Invalid parameter ${field}: ${issue?.message ?? ''}`);
  }
  if (parsed.data.model !== simulatedModel) {
    return refuse(404, 'model_not_found', `The model does not exist; ${simulatedModel} does.`);
  }
  return readMessages(parsed.data);
}

function readMessages(body: z.infer<typeof ChatBody>): ReadChat {
  const messages = body.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  if (messages.some(({ role, content }) => role !== 'assistant' && content === '')) {
    return refuse(400, 'invalid_request', 'invalid params, chat content is empty (2013)');
  }
  const promptTokens = estimateTokens(messages.map(({ content }) => content).join('\n'));
  if (promptTokens > providerProfiles.simulator.contextTokens) {
    return refuse(
      400,
      'context_length_exceeded',
      'invalid params, context window exceeds limit (2013)',
    );
  }
  const { stop = [] } = body;
  return {
    isValid: true,
    request: {
      messages,
      maxTokens: body.max_tokens,
      stop: typeof stop === 'string' ? [stop] : stop,
      isStreaming: body.stream,
      includesUsage: body.stream_options?.include_usage === true,
      promptTokens,
    },
  };
}

function textOf(content: z.infer<typeof ChatMessageBody>['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text).join('');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(status: number, code: string, message: string): ReadChat {
  const type = status === 401 ? 'authentication_error' : 'invalid_request_error';
  return { isValid: false, error: { status, message, type, code } };
}
