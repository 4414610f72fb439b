import type { ErrorCode } from '#shared/domain/errors.ts';
import { type Classify, member } from '../internal/failures.ts';

/** Cloudflare's numbers (providers.md § 1.4). */
const codes: Readonly<Record<number, ErrorCode>> = {
  10000: 'model_auth_failed',
  2009: 'model_auth_failed',
  2021: 'model_quota_exhausted',
  3003: 'model_bad_request',
  3006: 'model_context_exceeded',
  3007: 'model_unavailable',
  3008: 'model_unavailable',
  3023: 'model_auth_failed',
  3036: 'model_quota_exhausted',
  3040: 'model_unavailable',
  3041: 'model_auth_failed',
  3042: 'model_bad_request',
  5004: 'model_bad_request',
  5007: 'model_bad_request',
  5018: 'model_auth_failed',
  7001: 'model_bad_request',
  7003: 'model_bad_request',
};

const unauthorized = 2009;

/** Class by the first number under `errors` or `error`, which is an array here, or by the state of a run that failed. */
export const classifyCloudflare: Classify = ({ status, body, hasServed = false }) => {
  if (status === 429 && /spend/i.test(textIn(body))) return 'model_quota_exhausted';
  const code = codeIn(member(body, 'errors')) ?? codeIn(member(body, 'error'));
  // Bursts of a valid key are answered like a wrong one (providers.md Q31).
  if (code === unauthorized && hasServed) return 'model_rate_limited';
  return code === undefined ? undefined : codes[code];
};

function codeIn(errors: unknown): number | undefined {
  const code = member(Array.isArray(errors) ? errors[0] : errors, 'code');
  return typeof code === 'number' ? code : undefined;
}

/** The words of the first error; for classification only. */
function textIn(body: unknown): string {
  for (const name of ['errors', 'error']) {
    const errors = member(body, name);
    const message = member(Array.isArray(errors) ? errors[0] : errors, 'message');
    if (typeof message === 'string') return message;
  }
  return '';
}
