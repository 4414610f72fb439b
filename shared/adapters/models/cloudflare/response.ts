import { member } from '../internal/failures.ts';

/** Envelopes inside one another; more than two were never seen. */
const maxEnvelopes = 2;

/**
 * A completion out of Cloudflare's envelopes: none, `{result, success}`, `{state, result}`, or one in the other (providers.md Q33). What is
 * no completion stays as it is, so that its error is seen.
 */
export function unwrapResult(body: unknown): unknown {
  let inner = body;
  for (let depth = 0; depth < maxEnvelopes && !isCompletion(inner); depth += 1) {
    const result = member(inner, 'result');
    if (typeof result !== 'object' || result === null) break;
    inner = result;
  }
  return failedRun(inner) ?? failedRun(body) ?? inner;
}

function isCompletion(body: unknown): boolean {
  return member(body, 'choices') !== undefined;
}

/** A run or request that failed says so in its envelope; with `error` it is read as a failure like any other. */
function failedRun(body: unknown): unknown {
  const hasFailed = member(body, 'state') === 'Failed' || member(body, 'success') === false;
  if (!hasFailed) return undefined;
  const error = member(body, 'error') ?? member(body, 'errors') ?? 'failed';
  return { error };
}
