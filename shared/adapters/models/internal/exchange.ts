import { createHash } from 'node:crypto';
import { QuireError } from '#shared/domain/errors.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type {
  LanguageModel,
  ModelFailure,
  ModelQuestion,
  ModelReply,
  PendingReply,
} from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import {
  defaultTimeouts,
  type RequestTimeouts,
  type RequestWatch,
  watchRequest,
} from './deadlines.ts';
import { type Classify, failed, failureOfResponse, transportFailure } from './failures.ts';
import { parseJson } from './parse-json.ts';
import { retryAfterInMs } from './retry-after.ts';

/** What every adapter takes. */
export interface ModelOptions {
  readonly profile: ProviderProfile;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly credentials: (options?: {
    isFresh: boolean;
  }) => Promise<ProviderCredentials | undefined>;
  readonly clock: Clock;
  readonly timeouts?: RequestTimeouts;
}

/** One question on its way. */
export interface Exchange {
  readonly question: ModelQuestion;
  readonly credentials: ProviderCredentials;
  readonly watch: RequestWatch;
  /** Keeps the failure of a response that is no success, with its status, headers and body, until the next request. */
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The failure that `fetch` has kept. */
  failure(): ModelFailure | undefined;
}

/** The part of an adapter that differs from provider to provider: sends the question and reads the reply. */
export type Converse = (exchange: Exchange) => Promise<ModelReply | PendingReply>;

/** Bytes of an error body that are looked at. */
const errorBodyLimit = 64_000;

/**
 * A model that speaks by `converse`. Here is what all have in common: the key, read again once where it is refused; the deadlines; and
 * that a failure is a reply, with the caller's own abort as the one exception.
 */
export function createModel(
  options: ModelOptions,
  { converse, classify }: { converse: Converse; classify: Classify },
): LanguageModel {
  const trust = createKeyTrust();
  const askOnce = async (
    question: ModelQuestion,
    credentials: ProviderCredentials,
    signal: AbortSignal,
  ): Promise<ModelReply | PendingReply> => {
    const watch = watchRequest(options.clock, options.timeouts ?? defaultTimeouts, signal);
    const hasServed = trust.has(credentials.apiKey);
    const kept = createKeepingFetch(options.clock, (known) => classify({ ...known, hasServed }));
    const { fetch, failure } = kept;
    const reply = await converse({ question, credentials, watch, fetch, failure })
      .catch((error: unknown) => {
        // The execution was stopped: not an answer of the provider, and nothing to retry.
        if (signal.aborted) throw signal.reason;
        return failed(failure() ?? timeoutOf(watch) ?? transportFailure(error, kept.isAnswered()));
      })
      .finally(() => watch.stop());
    trust.learn(credentials.apiKey, reply);
    return reply;
  };
  return {
    profile: options.profile,
    async keyId() {
      const stored = await options.credentials();
      if (stored === undefined) return 'none';
      return createHash('sha256').update(stored.apiKey).digest('hex').slice(0, 12);
    },
    async ask(question, signal) {
      const stored = await options.credentials();
      if (stored === undefined) return failed(missingKey());
      const reply = await askOnce(question, stored, signal);
      if (!isRefusedKey(reply)) return reply;
      // The key may have been replaced since it was read: look once, past every cache.
      const fresh = await options.credentials({ isFresh: true });
      if (fresh === undefined || fresh.apiKey === stored.apiKey) return reply;
      // What may have been accepted under the old key is known to the provider by its request id.
      const isResent = question.isResent || reply.failure.isPossiblyBilled;
      return await askOnce({ ...question, isResent }, fresh, signal);
    },
  };
}

function isRefusedKey(
  reply: ModelReply | PendingReply,
): reply is Extract<ModelReply, { isAnswer: false }> {
  return (
    !('isPending' in reply) && !reply.isAnswer && reply.failure.error.code === 'model_auth_failed'
  );
}

/** Refusals in a row after which a key that was served before is no longer trusted. */
const mostRefusals = 5;

/** Which key was served lately. A provider that reports throttling as a wrong key cannot be told from a revoked key but by that. */
function createKeyTrust() {
  let trusted: string | undefined;
  let refusals = 0;
  return {
    has: (apiKey: string) => apiKey === trusted && refusals < mostRefusals,
    learn(apiKey: string, reply: ModelReply | PendingReply): void {
      const isServed = 'isPending' in reply || reply.isAnswer;
      if (isServed) trusted = apiKey;
      refusals = isServed ? 0 : refusals + 1;
    },
  };
}

function createKeepingFetch(clock: Clock, classify: Classify) {
  let failure: ModelFailure | undefined;
  let isAnswered = false;
  return {
    failure: () => failure,
    /** Whether the provider has begun to answer. */
    isAnswered: () => isAnswered,
    async fetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
      failure = undefined;
      const response = await globalThis.fetch(url, init);
      if (response.ok) isAnswered = true;
      else failure = await readFailure(response, { clock, classify });
      return response;
    },
  };
}

async function readFailure(
  response: Response,
  { clock, classify }: { clock: Clock; classify: Classify },
): Promise<ModelFailure> {
  const text = await response
    .clone()
    .text()
    .catch(() => '');
  const failedResponse = {
    status: response.status,
    body: parseJson(text.slice(0, errorBodyLimit)) ?? text.slice(0, errorBodyLimit),
    retryAfterInMs: retryAfterInMs(response.headers, clock.now()),
  };
  return failureOfResponse(failedResponse, classify);
}

function timeoutOf(watch: RequestWatch): ModelFailure | undefined {
  const error = watch.timeout();
  if (error === undefined) return undefined;
  return { error, usage: {}, isPossiblyBilled: true, retryAfterInMs: undefined };
}

function missingKey(): ModelFailure {
  const error = new QuireError(
    'model_auth_failed',
    'Expected a stored key for the provider, found none.',
  );
  return { error, usage: {}, isPossiblyBilled: false, retryAfterInMs: undefined };
}
