import { type ErrorCode, QuireError } from '#shared/domain/errors.ts';
import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelFailure, ModelReply } from '#shared/ports/language-model.ts';

/** Status and body of a request that failed; the body only to be classified, never to be shown. */
export interface FailedResponse {
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
  readonly retryAfterInMs: number | undefined;
}

/** What a provider's own codes say of a failure; `undefined` where they say nothing. */
export type Classify = (
  failed: Pick<FailedResponse, 'status' | 'body'> & {
    /** The same key was served just before: what looks like a wrong key may be something else (providers.md Q31). */
    readonly hasServed?: boolean;
  },
) => ErrorCode | undefined;

/** Codes of MiniMax in `base_resp` or at the end of a message (providers.md § 5.5). */
const upstreamCodes: Readonly<Record<number, ErrorCode>> = {
  1002: 'model_rate_limited',
  1041: 'model_rate_limited',
  2045: 'model_rate_limited',
  1004: 'model_auth_failed',
  2049: 'model_auth_failed',
  1008: 'model_quota_exhausted',
  2056: 'model_quota_exhausted',
  2061: 'model_quota_exhausted',
  1026: 'model_refused',
  1027: 'model_refused',
  1039: 'model_context_exceeded',
  1042: 'model_bad_request',
  2013: 'model_bad_request',
  20132: 'model_bad_request',
};

const statusCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'model_auth_failed',
  402: 'model_quota_exhausted',
  403: 'model_auth_failed',
  408: 'model_unavailable',
  409: 'model_unavailable',
  413: 'model_context_exceeded',
  425: 'model_unavailable',
  429: 'model_rate_limited',
};

/** Class of a response that is not a success: by the provider's own codes, by those of the model behind it, by its status. */
export function failureOfResponse(failed: FailedResponse, classify: Classify): ModelFailure {
  const { status } = failed;
  const code =
    classify(failed) ?? upstreamCode(failed.body) ?? statusCodes[status] ?? codeOfClass(status);
  return {
    error: new QuireError(code, `Expected an answer, got HTTP ${status} from the provider.`, {
      details: { status },
    }),
    usage: {},
    // Nothing was generated for a request that was turned away.
    isPossiblyBilled: false,
    retryAfterInMs: failed.retryAfterInMs,
  };
}

/** Class of an error inside a 200. */
export function failureInside(
  body: unknown,
  { usage, classify }: { usage: TokenUsage; classify: Classify },
): ModelFailure {
  const code =
    classify({ status: 200, body }) ?? upstreamCode(body) ?? ('model_unavailable' as const);
  return {
    error: new QuireError(code, 'Expected an answer, got an error inside a successful response.'),
    usage,
    isPossiblyBilled: code === 'model_refused' || (usage.outputTokens ?? 0) > 0,
    retryAfterInMs: undefined,
  };
}

/** An answer that breaks off or cannot be read: it was generated, so it may be billed. */
export function protocolFailure(what: string, usage: TokenUsage): ModelFailure {
  return {
    error: new QuireError(
      'model_protocol_error',
      `Expected ${what}; the provider sent something else.`,
    ),
    usage,
    isPossiblyBilled: true,
    retryAfterInMs: undefined,
  };
}

/** The connection failed. After the request has left, nobody knows whether it was served. */
export function transportFailure(error: unknown, isAnswered: boolean): ModelFailure {
  const code = networkCode(error);
  if (code !== undefined && certificateCodes.test(code)) {
    return {
      error: new QuireError(
        'model_untrusted',
        'Expected a valid certificate of the provider; it has none that this machine trusts.',
      ),
      usage: {},
      isPossiblyBilled: false,
      retryAfterInMs: undefined,
    };
  }
  return {
    error: new QuireError('model_unavailable', 'Expected a connection to the provider; it failed.'),
    usage: {},
    isPossiblyBilled: isAnswered || !neverSent.has(code ?? ''),
    retryAfterInMs: undefined,
  };
}

export function failed(failure: ModelFailure): ModelReply {
  return { isAnswer: false, failure };
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const certificateCodes =
  /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER))/;

/** The code of the innermost error that has one. */
function networkCode(error: unknown): string | undefined {
  let code: string | undefined;
  // By what it has, not by its class: errors of `fetch` may come from another realm.
  for (let cause = error; typeof cause === 'object' && cause !== null; ) {
    if ('code' in cause && typeof cause.code === 'string') code = cause.code;
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return code;
}

function codeOfClass(status: number): ErrorCode {
  return status >= 500 ? 'model_unavailable' : 'model_bad_request';
}

/** What MiniMax, behind every provider, says of a failure. */
export function upstreamCode(body: unknown): ErrorCode | undefined {
  const message = messageIn(body);
  if (/context (window|length)/i.test(message)) return 'model_context_exceeded';
  const code = baseStatus(body) ?? Number(/\((\d{4,5})\)\s*$/.exec(message)?.[1] ?? Number.NaN);
  if (!code) return undefined;
  return upstreamCodes[code] ?? (code >= 1_000 && code < 3_000 ? 'model_unavailable' : undefined);
}

/** Status of MiniMax's `base_resp` where it reports a failure. */
export function baseStatus(body: unknown): number | undefined {
  const status = member(member(body, 'base_resp'), 'status_code');
  return typeof status === 'number' && status !== 0 ? status : undefined;
}

/** The words of an error in any of the forms that were seen; for classification only. */
export function messageIn(body: unknown): string {
  if (typeof body === 'string') return body;
  const error = member(body, 'error') ?? member(body, 'errors');
  const first = Array.isArray(error) ? error[0] : error;
  const candidates = [
    first,
    member(first, 'message'),
    member(member(body, 'base_resp'), 'status_msg'),
    member(body, 'message'),
    member(body, 'msg'),
  ];
  return candidates.find((each) => typeof each === 'string') ?? '';
}

/** A member of something that may be no object. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value)).get(name);
}
