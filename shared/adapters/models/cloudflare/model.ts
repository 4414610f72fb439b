import { QuireError } from '#shared/domain/errors.ts';
import type { LanguageModel, ModelReply } from '#shared/ports/language-model.ts';
import { askChat, readChatReply } from '../internal/chat/ask-chat.ts';
import { createModel, type Exchange, type ModelOptions } from '../internal/exchange.ts';
import { failed } from '../internal/failures.ts';
import { classifyCloudflare } from './errors.ts';
import { chatRequest, gatewayHeaders, runRequest } from './request.ts';
import { unwrapResult } from './response.ts';

export type CloudflareRoute = 'chat' | 'run';

/** MiniMax M2.7 through Cloudflare's AI gateway: chat completions, or its own `run` with the same input. */
export function createCloudflareModel(
  options: ModelOptions & { readonly route?: CloudflareRoute },
): LanguageModel {
  const converse = async (exchange: Exchange): Promise<ModelReply> => {
    const { accountId } = exchange.credentials;
    if (accountId === undefined) return failed(missingAccount());
    const api = `${options.baseUrl}/accounts/${encodeURIComponent(accountId)}/ai`;
    const headers = gatewayHeaders(exchange.credentials);
    const dialect = { classify: classifyCloudflare, unwrap: unwrapResult, headers };
    if (options.route !== 'run') {
      const body = chatRequest(exchange.question, options.profile);
      return await askChat(exchange, { baseUrl: `${api}/v1`, body }, dialect);
    }
    const response = await exchange.fetch(`${api}/run`, {
      method: 'POST',
      headers: {
        ...headers,
        authorization: `Bearer ${exchange.credentials.apiKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(runRequest(exchange.question, options.profile)),
      signal: exchange.watch.signal,
    });
    const failure = exchange.failure();
    return failure === undefined
      ? await readChatReply(response, exchange, dialect)
      : failed(failure);
  };
  return createModel(options, { converse, classify: classifyCloudflare });
}

function missingAccount() {
  const error = new QuireError(
    'model_auth_failed',
    'Expected CLOUDFLARE_ACCOUNT_ID beside the token; none is stored.',
  );
  return { error, usage: {}, isPossiblyBilled: false, retryAfterInMs: undefined };
}
