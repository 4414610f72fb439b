import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { LanguageModel, ModelReply } from '#shared/ports/language-model.ts';
import { askChat, openAiClient } from '../internal/chat/ask-chat.ts';
import {
  type Converse,
  createModel,
  type Exchange,
  type ModelOptions,
} from '../internal/exchange.ts';
import { failed } from '../internal/failures.ts';
import { readReply } from '../internal/read-reply.ts';
import { classifyEmpirioLabs } from './errors.ts';
import { chatRequest } from './request.ts';
import { messagesRequest, messagesVersion } from './request-messages.ts';
import { responsesRequest } from './request-responses.ts';
import { createMessagesAssembly } from './response-messages.ts';
import { createResponsesAssembly } from './response-responses.ts';

export type EmpirioLabsRoute = 'chat' | 'responses' | 'messages';

interface Service {
  readonly profile: ProviderProfile;
  readonly baseUrl: string;
}

/** MiniMax M2.7 at EmpirioLabs, by the one of its three APIs that the deployment has chosen; chat completions otherwise. */
export function createEmpirioLabsModel(
  options: ModelOptions & { readonly route?: EmpirioLabsRoute },
): LanguageModel {
  const { profile, baseUrl, route = 'chat' } = options;
  const routes: Readonly<Record<EmpirioLabsRoute, Converse>> = {
    chat: (exchange) =>
      askChat(
        exchange,
        { baseUrl, body: chatRequest(exchange.question, profile) },
        { classify: classifyEmpirioLabs },
      ),
    responses: (exchange) => askResponses(exchange, options),
    messages: (exchange) => askMessages(exchange, options),
  };
  return createModel(options, { converse: routes[route], classify: classifyEmpirioLabs });
}

async function askResponses(
  exchange: Exchange,
  { baseUrl, profile }: Service,
): Promise<ModelReply> {
  const client = await openAiClient(exchange, { baseUrl });
  const response = await client.responses
    .create(responsesRequest(exchange.question, profile), {
      signal: exchange.watch.signal,
    })
    .asResponse();
  return await readReply(response, exchange, createResponsesAssembly());
}

/** Anthropic's format, but the gateway's own way to name the key. */
async function askMessages(exchange: Exchange, { baseUrl, profile }: Service): Promise<ModelReply> {
  const response = await exchange.fetch(`${baseUrl}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${exchange.credentials.apiKey}`,
      'anthropic-version': messagesVersion,
      'content-type': 'application/json',
    },
    body: JSON.stringify(messagesRequest(exchange.question, profile)),
    signal: exchange.watch.signal,
  });
  const failure = exchange.failure();
  if (failure !== undefined) return failed(failure);
  return await readReply(response, exchange, createMessagesAssembly());
}
