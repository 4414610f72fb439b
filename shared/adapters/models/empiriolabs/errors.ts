import type { ErrorCode } from '#shared/domain/errors.ts';
import { type Classify, member, upstreamCode } from '../internal/failures.ts';

/** Codes that the documentation names (providers.md § 3.4). */
const codes: Readonly<Record<string, ErrorCode>> = {
  missing_api_key: 'model_auth_failed',
  invalid_api_key: 'model_auth_failed',
  insufficient_credits: 'model_quota_exhausted',
  model_not_found: 'model_bad_request',
  rate_limit_exceeded: 'model_rate_limited',
  model_unavailable: 'model_unavailable',
};

/** Kinds of errors in the formats of OpenAI and Anthropic, which stand where there is no status: inside of a stream. */
const kinds: Readonly<Record<string, ErrorCode>> = {
  authentication_error: 'model_auth_failed',
  permission_error: 'model_auth_failed',
  billing_error: 'model_quota_exhausted',
  rate_limit_error: 'model_rate_limited',
  invalid_request_error: 'model_bad_request',
  not_found_error: 'model_bad_request',
  request_too_large: 'model_context_exceeded',
};

/** The codes of EmpirioLabs say more than its statuses; what MiniMax says behind `upstream_error` says more than a kind. */
export const classifyEmpirioLabs: Classify = ({ status, body }) => {
  const error = member(body, 'error');
  const known = codes[String(member(error, 'code'))];
  if (known !== undefined || status !== 200) return known;
  return upstreamCode(body) ?? kinds[String(member(error, 'type'))];
};
