import type { Failure, FailureKind } from '../../core/failures.ts';
import type { FailureReply } from '../../core/wire-form.ts';

/** Errors of Cloudflare's own API: `{result, success, errors, messages}`. */
const apiCodes: Partial<Record<FailureKind, { status: number; code: number }>> = {
  'bad-request': { status: 400, code: 5004 },
  'unknown-model': { status: 400, code: 5007 },
  'missing-key': { status: 401, code: 10_000 },
  'bad-key': { status: 401, code: 10_000 },
  forbidden: { status: 403, code: 3041 },
  'not-found': { status: 404, code: 7003 },
  conflict: { status: 409, code: 5004 },
};

/** Errors of the gateway in front of the model: the key is `error`, and it is a list. */
const gatewayCodes: Partial<Record<FailureKind, number>> = {
  'rate-limit': 2003,
  'key-burst': 2009,
  payment: 2021,
};

/** Errors of the model's own provider, passed through; the code stands at the end of the message. */
const upstreamCodes: Partial<Record<FailureKind, { type: string; code: number }>> = {
  context: { type: 'bad_request_error', code: 2013 },
  upstream: { type: 'server_error', code: 1000 },
  unavailable: { type: 'server_error', code: 1033 },
  overloaded: { type: 'overloaded_error', code: 2064 },
};

export function cloudflareFailure(failure: Failure): FailureReply {
  const { kind, status, message } = failure;
  const gatewayCode = gatewayCodes[kind];
  if (gatewayCode !== undefined) return gatewayFailure(failure, gatewayCode);
  const upstream = upstreamCodes[kind];
  if (upstream !== undefined) return upstreamFailure(failure, upstream);
  const { status: usual, code } = apiCodes[kind] ?? { status, code: 5004 };
  const errors = [{ code, message: kind === 'bad-key' ? 'Authentication error' : message }];
  return { status: usual, body: { result: null, success: false, errors, messages: [] } };
}

function gatewayFailure({ status, message }: Failure, code: number): FailureReply {
  return {
    status,
    body: {
      success: false,
      result: [],
      messages: [],
      error: [{ code, message }],
      name: 'AiGatewayError',
      httpCode: status,
      internalCode: code,
    },
  };
}

function upstreamFailure(
  { status, message }: Failure,
  { type, code }: { type: string; code: number },
): FailureReply {
  const told = /\(\d{4}\)$/.test(message) ? message : `${message} (${code})`;
  return {
    status,
    body: {
      type: 'error',
      error: { type, message: told, http_code: String(status) },
      request_id: '0640ba836689481a9c9410847decb247',
    },
  };
}
