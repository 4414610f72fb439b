import type { Failure, FailureKind } from '../../core/failures.ts';
import type { FailureReply } from '../../core/wire-form.ts';

interface EmpirioLabsError {
  readonly type: string;
  readonly code: string;
}

const errors: Readonly<Record<FailureKind, EmpirioLabsError>> = {
  'rate-limit': { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  throttled: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  'bad-request': { type: 'invalid_request_error', code: 'invalid_request' },
  'missing-key': { type: 'authentication_error', code: 'missing_api_key' },
  'bad-key': { type: 'authentication_error', code: 'invalid_api_key' },
  'key-burst': { type: 'authentication_error', code: 'invalid_api_key' },
  payment: { type: 'insufficient_quota', code: 'insufficient_credits' },
  balance: { type: 'insufficient_quota', code: 'insufficient_credits' },
  forbidden: { type: 'permission_error', code: 'forbidden' },
  'not-found': { type: 'invalid_request_error', code: 'not_found' },
  'unknown-model': { type: 'invalid_request_error', code: 'model_not_found' },
  context: { type: 'invalid_request_error', code: 'context_length_exceeded' },
  upstream: { type: 'api_error', code: 'upstream_error' },
  unavailable: { type: 'api_error', code: 'model_unavailable' },
  overloaded: { type: 'api_error', code: 'model_unavailable' },
  sensitive: { type: 'invalid_request_error', code: 'content_filter' },
  conflict: { type: 'invalid_request_error', code: 'conflict' },
};

/** An error as OpenAI-compatible APIs send it, with the codes of EmpirioLabs' pages. */
export function empirioLabsFailure({ kind, status, message }: Failure): FailureReply {
  return { status, body: { error: { message, ...errors[kind] } } };
}
