import OpenAI from 'openai';
import { Stream } from 'openai/streaming';
import { QuireError } from '#shared/domain/errors.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type {
  LanguageModel,
  ModelFailure,
  ModelQuestion,
  ModelReply,
} from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import {
  defaultTimeouts,
  type RequestTimeouts,
  type RequestWatch,
  watchRequest,
} from '../internal/deadlines.ts';
import { retryAfterInMs } from '../internal/retry-after.ts';
import { failureOfResponse, protocolFailure, transportFailure } from './errors.ts';
import { requestOf } from './request.ts';
import { createAnswerAssembly } from './response.ts';

export interface EmpirioLabsOptions {
  readonly profile: ProviderProfile;
  readonly baseUrl: string;
  readonly credentials: (options?: {
    isFresh: boolean;
  }) => Promise<ProviderCredentials | undefined>;
  readonly clock: Clock;
  readonly timeouts?: RequestTimeouts;
}

/** Bytes of an error body that are looked at. */
const errorBodyLimit = 64_000;

/**
 * MiniMax M2.7 by the chat completions of EmpirioLabs, through the `openai` package with its retries off. Our own `fetch` beneath it keeps
 * status, headers and body of a failure, which the package would lose (providers.md § 6).
 */
export function createEmpirioLabsModel(options: EmpirioLabsOptions): LanguageModel {
  return {
    profile: options.profile,
    async ask(question, signal) {
      const stored = await options.credentials();
      if (stored === undefined) return failed(missingKey());
      const reply = await askOnce(options, { question, apiKey: stored.apiKey }, signal);
      if (reply.isAnswer || reply.failure.error.code !== 'model_auth_failed') return reply;
      // The key may have been replaced since it was read: look once, past every cache.
      const fresh = await options.credentials({ isFresh: true });
      if (fresh === undefined || fresh.apiKey === stored.apiKey) return reply;
      return await askOnce(options, { question, apiKey: fresh.apiKey }, signal);
    },
  };
}

async function askOnce(
  options: EmpirioLabsOptions,
  { question, apiKey }: { question: ModelQuestion; apiKey: string },
  signal: AbortSignal,
): Promise<ModelReply> {
  const watch = watchRequest(options.clock, options.timeouts ?? defaultTimeouts, signal);
  let failure: ModelFailure | undefined;
  let isSent = false;
  const client = new OpenAI({
    apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    organization: null,
    project: null,
    logLevel: 'off',
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      isSent = true;
      if (!response.ok) failure = await readFailure(response, options.clock);
      return response;
    },
  });
  try {
    const body = requestOf(question, options.profile);
    const response = await client.chat.completions
      .create(body, { signal: watch.signal })
      .asResponse();
    return await readReply(response, watch);
  } catch (error) {
    // The execution was stopped: not an answer of the provider, and nothing to retry.
    if (signal.aborted) throw signal.reason;
    return failed(failure ?? timeoutOf(watch) ?? transportFailure(isSent || isUncertain(error)));
  } finally {
    watch.stop();
  }
}

async function readReply(response: Response, watch: RequestWatch): Promise<ModelReply> {
  const contentType = response.headers.get('content-type') ?? '';
  const assembly = createAnswerAssembly();
  if (contentType.includes('application/json')) {
    assembly.add(parsed(await response.text()));
    return assembly.reply();
  }
  if (!contentType.includes('text/event-stream')) {
    return failed(protocolFailure('an event stream or JSON', {}));
  }
  const controller = new AbortController();
  const stream = Stream.fromSSEResponse<unknown>(response, controller, silent, false, 'events');
  try {
    for await (const chunk of stream) {
      watch.alive();
      if (!assembly.add(chunk)) break;
    }
  } catch (error) {
    if (watch.signal.aborted) throw error;
    return failed(protocolFailure('a stream that ends properly', {}));
  }
  watch.signal.throwIfAborted();
  return assembly.reply();
}

/** The package logs malformed events with their text; with this client it does not. */
const silent = new OpenAI({
  apiKey: 'none',
  logLevel: 'off',
  organization: null,
  project: null,
  baseURL: 'http://localhost',
});

async function readFailure(response: Response, clock: Clock): Promise<ModelFailure> {
  const text = await response
    .clone()
    .text()
    .catch(() => '');
  return failureOfResponse({
    status: response.status,
    text: text.slice(0, errorBodyLimit),
    retryAfterInMs: retryAfterInMs(response.headers, clock.now()),
  });
}

function timeoutOf(watch: RequestWatch): ModelFailure | undefined {
  const error = watch.timeout();
  if (error === undefined) return undefined;
  return { error, usage: {}, isPossiblyBilled: true, retryAfterInMs: undefined };
}

/** Whether the request may have reached the provider: all but a connection that was never made. */
function isUncertain(error: unknown): boolean {
  const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && codes.includes(cause.code))
      return false;
  }
  return true;
}

function missingKey(): ModelFailure {
  const error = new QuireError(
    'model_auth_failed',
    'Expected a stored key for the provider, found none.',
  );
  return { error, usage: {}, isPossiblyBilled: false, retryAfterInMs: undefined };
}

function failed(failure: ModelFailure): ModelReply {
  return { isAnswer: false, failure };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
