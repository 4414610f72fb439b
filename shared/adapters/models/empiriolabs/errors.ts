import { type ErrorCode, QuireError } from '#shared/domain/errors.ts';
import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelFailure } from '#shared/ports/language-model.ts';
import { ErrorBody } from './api-schema.ts';

/** Status and body of a request that failed; the body only to be classified, never to be shown. */
export interface FailedResponse {
  readonly status: number;
  readonly text: string;
  readonly retryAfterInMs: number | undefined;
}

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

/** Class of a response that is not a success. */
export function failureOfResponse(response: FailedResponse): ModelFailure {
  const code = codeOfResponse(response);
  const { status } = response;
  const message = `Expected an answer, got HTTP ${status} from the provider.`;
  return {
    error: new QuireError(code, message, { details: { status } }),
    usage: {},
    // Nothing was generated for a request that was turned away.
    isPossiblyBilled: false,
    retryAfterInMs: response.retryAfterInMs,
  };
}

function codeOfResponse({ status, text }: FailedResponse): ErrorCode {
  const body = ErrorBody.safeParse(parsed(text)).data;
  const message = body?.error?.message ?? '';
  if (/context (window|length)/i.test(message)) return 'model_context_exceeded';
  const upstream = upstreamCodeIn(body?.base_resp?.status_code, message);
  if (upstream !== undefined) return upstream;
  const known = statusCodes[status];
  if (known !== undefined) return known;
  return status >= 500 ? 'model_unavailable' : 'model_bad_request';
}

/** Class of an error inside a 200. */
export function failureInside(
  body: {
    base_resp?: { status_code?: number | null | undefined } | null | undefined;
    error?: unknown;
  },
  usage: TokenUsage,
): ModelFailure {
  const status = body.base_resp?.status_code ?? undefined;
  const message = ErrorBody.safeParse(body).data?.error?.message ?? '';
  const code = upstreamCodeIn(status, message) ?? 'model_unavailable';
  return {
    error: new QuireError(code, 'Expected an answer, got an error inside a successful response.', {
      ...(status === undefined ? {} : { details: { upstreamStatus: status } }),
    }),
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
export function transportFailure(isSent: boolean): ModelFailure {
  return {
    error: new QuireError('model_unavailable', 'Expected a connection to the provider; it failed.'),
    usage: {},
    isPossiblyBilled: isSent,
    retryAfterInMs: undefined,
  };
}

function upstreamCodeIn(status: number | null | undefined, message: string): ErrorCode | undefined {
  const code = status ?? Number(/\((\d{4,5})\)\s*$/.exec(message)?.[1] ?? Number.NaN);
  if (!code) return undefined;
  return upstreamCodes[code] ?? (code >= 1_000 && code < 3_000 ? 'model_unavailable' : undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
