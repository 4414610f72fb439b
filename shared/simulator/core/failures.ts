import type { FaultName } from '../fault-names.ts';

export type FailureKind =
  | 'rate-limit'
  | 'bad-request'
  | 'missing-key'
  | 'bad-key'
  | 'key-burst'
  | 'payment'
  | 'forbidden'
  | 'not-found'
  | 'unknown-model'
  | 'context'
  | 'upstream'
  | 'unavailable'
  | 'overloaded'
  | 'throttled'
  | 'sensitive'
  | 'balance'
  | 'conflict';

/** Why a question is not answered; every protocol has its own way to say it. */
export interface Failure {
  readonly kind: FailureKind;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The field that is wrong; several where they do not go together. */
  readonly parameter?: string | readonly string[];
  /** The code of MiniMax, with which it is told inside of an answer that is called a success. */
  readonly insideCode?: number;
}

/** A failure that the same question has at every provider. */
export function badRequest(message: string, parameter?: string | readonly string[]): Failure {
  return { kind: 'bad-request', status: 400, message, ...(parameter && { parameter }) };
}

export function contextExceeded(): Failure {
  const message = 'invalid params, context window exceeds limit (2013)';
  return { kind: 'context', status: 400, message, parameter: 'messages' };
}

export const missingKey: Failure = {
  kind: 'missing-key',
  status: 401,
  message: 'No API key was sent: Authorization: Bearer …',
};

const retryLaterInSeconds = 600;
const rateLimit: Failure = { kind: 'rate-limit', status: 429, message: 'Rate limit exceeded' };

const failures: Partial<Record<FaultName, Failure>> = {
  '429': { ...rateLimit, headers: { 'retry-after': '1' } },
  '429-bare': rateLimit,
  '429-long': { ...rateLimit, headers: { 'retry-after': String(retryLaterInSeconds) } },
  '400': badRequest('invalid params, the request was not understood (2013)', 'messages'),
  '401': { kind: 'bad-key', status: 401, message: 'The API key is not valid' },
  '401-burst': { kind: 'key-burst', status: 401, message: 'Unauthorized' },
  '402': { kind: 'payment', status: 402, message: 'Insufficient credits' },
  '403': { kind: 'forbidden', status: 403, message: 'The IP address is not on the whitelist' },
  '404': { kind: 'not-found', status: 404, message: 'The endpoint does not exist' },
  context: contextExceeded(),
  '500': { kind: 'upstream', status: 500, message: 'The upstream model failed' },
  '503': { kind: 'unavailable', status: 503, message: 'The model is not available at the moment' },
  '529': {
    kind: 'overloaded',
    status: 529,
    message: 'High traffic detected, please try again later (2064)',
  },
  conflict: { kind: 'conflict', status: 409, message: 'This request was accepted before' },
  'base-resp': { kind: 'throttled', status: 200, message: 'rate limit', insideCode: 1002 },
  'error-in-200': { kind: 'upstream', status: 200, message: 'The upstream model failed' },
  sensitive: { kind: 'sensitive', status: 200, message: 'input new_sensitive', insideCode: 1026 },
  balance: { kind: 'balance', status: 200, message: 'insufficient balance', insideCode: 1008 },
  overload: {
    kind: 'overloaded',
    status: 200,
    message: 'unknown error, please try again later',
    insideCode: 1000,
  },
};

/** The failure that a fault is, or `undefined` where the question is answered all the same. */
export function failureOf(fault: FaultName | undefined, nowInMs: number): Failure | undefined {
  if (fault === '429-date') {
    const date = new Date(nowInMs + retryLaterInSeconds * 1_000).toUTCString();
    return { ...rateLimit, headers: { 'retry-after': date } };
  }
  return fault === undefined ? undefined : failures[fault];
}

/** A reply that no protocol knows: of a proxy in between, or of a gateway that has its own idea of an error. */
export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const page = (title: string) =>
  `<!doctype html><title>${title}</title><p>We will be back shortly.</p>`;
const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

export const rawReplies: Partial<Record<FaultName, RawReply>> = {
  html: { status: 200, contentType: html, body: page('One moment') },
  '502-html': { status: 502, contentType: html, body: page('502 Bad Gateway') },
  'error-array': {
    status: 500,
    contentType: json,
    body: JSON.stringify({
      success: false,
      result: [],
      messages: [],
      error: [{ code: 2002, message: 'Internal server error' }],
      name: 'AiGatewayError',
      httpCode: 500,
      internalCode: 2002,
    }),
  },
  'error-string': {
    status: 503,
    contentType: json,
    body: JSON.stringify({ error: 'upstream connect error or disconnect before headers' }),
  },
};
