import { QuireError } from '#shared/domain/errors.ts';
import { type ProviderProfile, withinRange } from '#shared/domain/providers.ts';
import type { ModelQuestion } from '#shared/ports/language-model.ts';
import { splitSystem } from '../internal/messages.ts';

/** How the result is delivered: token by token, in the response, by polling, or by polling once it was announced. */
export type RunwareRoute = 'stream' | 'sync' | 'async' | 'webhook';

/** Longest system text that the API takes. */
const longestSystemPrompt = 200_000;

/** One text inference as the model page describes it (specs: Runware). The body of a request is a list of them. */
export interface InferenceTask {
  readonly taskType: 'textInference';
  readonly taskUUID: string;
  readonly model: string;
  readonly deliveryMethod: Exclude<RunwareRoute, 'webhook'>;
  readonly webhookURL?: string;
  readonly includeCost: true;
  readonly includeUsage: true;
  readonly numberResults: 1;
  readonly seed?: number;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
  readonly settings: {
    readonly systemPrompt: string;
    readonly temperature: number;
    readonly topP?: number;
    readonly maxTokens: number;
  };
}

/** One question. The system text has its own place; the messages are those of the user and the assistant. */
export function inferenceRequest(
  question: ModelQuestion,
  profile: ProviderProfile,
  route: RunwareRoute,
): [InferenceTask] {
  const { instructions, turns } = splitSystem(question.messages);
  const { seed, topP } = question;
  return [
    {
      taskType: 'textInference',
      taskUUID: question.requestId,
      model: profile.modelId,
      deliveryMethod: route === 'webhook' ? 'async' : route,
      ...(isAnnounced(question, route) && { webhookURL: question.callbackUrl }),
      includeCost: true,
      includeUsage: true,
      numberResults: 1,
      // Seeds are 32 bits without a sign.
      ...(seed === undefined ? {} : { seed: seed >>> 0 }),
      messages: turns.map(({ role, content }) => ({
        role: role === 'assistant' ? ('assistant' as const) : ('user' as const),
        content,
      })),
      settings: {
        systemPrompt: instructions,
        temperature: withinRange(question.temperature, profile.temperature),
        ...(topP === undefined ? {} : { topP: withinRange(topP, profile.topP) }),
        maxTokens: Math.min(question.maxOutputTokens, profile.maxOutputTokens),
      },
    },
  ];
}

/** Whether the provider is told where to announce the result. Without an address there is nothing but polling. */
export function isAnnounced(
  question: ModelQuestion,
  route: RunwareRoute,
): question is ModelQuestion & { readonly callbackUrl: string } {
  return route === 'webhook' && question.callbackUrl !== undefined;
}

/** Asks for the result of a task that was accepted, however it was to be delivered. */
export function resultRequest(taskUuid: string) {
  return [{ taskType: 'getResponse' as const, taskUUID: taskUuid }];
}

/** Why the API cannot take a question, which is then not sent; `undefined` where it can. */
export function unsendableReason(question: ModelQuestion): QuireError | undefined {
  const { instructions, turns } = splitSystem(question.messages);
  if (instructions.length > longestSystemPrompt) {
    return new QuireError(
      'model_context_exceeded',
      `Expected at most ${longestSystemPrompt} characters of system text; it is longer. Move some of it into a user message.`,
      { details: { length: instructions.length } },
    );
  }
  const hasTools = (question.tools ?? []).length > 0 && question.toolChoice !== 'none';
  const isPlain = turns.every((turn) => turn.role !== 'tool' && !('toolCalls' in turn));
  if (hasTools || !isPlain || turns.length === 0) {
    return new QuireError(
      'model_bad_request',
      'Expected a conversation of user and assistant without tools, which Runware does not have; got another.',
    );
  }
  return undefined;
}
