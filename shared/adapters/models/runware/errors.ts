import type { ErrorCode } from '#shared/domain/errors.ts';
import { type Classify, member, upstreamCode } from '../internal/failures.ts';

/** The task's id is known already: it was accepted before. */
export const conflictCode = /^conflictTaskUUID$/i;

/** Runware is still standardising its codes: they are told by what they begin with or hold, the first that fits (providers.md § 2.4). */
const patterns: readonly (readonly [RegExp, ErrorCode])[] = [
  [/credits|quota|balance|^paymentRequired/i, 'model_quota_exhausted'],
  [/rateLimit/i, 'model_rate_limited'],
  [
    /contentPolicy|^sensitiveContent|^unsafe|^nsfw|^promptBlocked|^moderationFailed/i,
    'model_refused',
  ],
  [/^unauthorized|^forbidden|^accountSuspended|apiKey/i, 'model_auth_failed'],
  [/timeout/i, 'model_unavailable'],
  // The result of a task is gone: another attempt may have one.
  [/^task/i, 'model_unavailable'],
  [/(notFound|expired)$/i, 'model_bad_request'],
  [/^(internalServerError|serviceUnavailable|unknownError|unrecognized)/i, 'model_unavailable'],
  [
    /^(provider|noAvailableServer|modelUnavailable|modelDisabled|modelNotReady|inferenceError)/i,
    'model_unavailable',
  ],
  [
    /^(invalid|missing|conflict|duplicate|unsupported|value|array|max|unknownParameter)/i,
    'model_bad_request',
  ],
];

/** Class by the code of the first error, which may stand alone or in a list. */
export const classifyRunware: Classify = ({ body }) => {
  const error = errorIn(body);
  const code = member(error, 'code');
  if (typeof code !== 'string') return undefined;
  const known = patterns.find(([pattern]) => pattern.test(code))?.[1];
  // Where the provider behind failed, what it said itself tells more.
  if (known === 'model_unavailable') return upstreamCode(body) ?? known;
  return known === 'model_bad_request' && isTooLong(code, error) ? 'model_context_exceeded' : known;
};

function errorIn(body: unknown): unknown {
  const errors = member(body, 'errors') ?? member(body, 'error');
  return Array.isArray(errors) ? errors[0] : errors;
}

/** A value out of range in the messages can only be their length. */
function isTooLong(code: string, error: unknown): boolean {
  const parameter = member(error, 'parameter');
  const names = Array.isArray(parameter) ? parameter : [parameter];
  return /^(value|max)/i.test(code) && names.some((name) => /^messages\b/.test(String(name)));
}
