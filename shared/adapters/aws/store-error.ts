import { isQuireError, QuireError } from '#shared/domain/errors.ts';

/**
 * A failure of a store as one of our errors. What AWS blames on the request (no right, no table, a value out of range) would fail
 * again and is `internal_error`; throttling, faults of the service and of the network are `store_unavailable`.
 */
export function storeError(operation: string, error: unknown): QuireError {
  if (isQuireError(error)) return error;
  const reason = reasonOf(error);
  const options = { details: { operation, reason }, cause: error };
  if (isFaultOfRequest(error)) {
    return new QuireError(
      'internal_error',
      `Expected ${operation} to be accepted; AWS refused it with ${reason}. Check the rights and names of the deployment.`,
      options,
    );
  }
  return new QuireError(
    'store_unavailable',
    `Expected ${operation} to succeed; it failed with ${reason} after its retries. It can be tried again.`,
    options,
  );
}

/** Whether the service certainly did not carry the request out: it refused it, or it was never reached. */
export function isCertainlyUndone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('$fault' in error && error.$fault === 'client') return true;
  return 'code' in error && unreachable.has(String(error.code));
}

/** The name and, where the network failed, its code (`Error ECONNREFUSED`): the name alone tells nothing then. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string'
    ? `${error.name} ${error.code}`
    : error.name;
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

const throttling = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded|SlowDown/;

function isFaultOfRequest(error: unknown): boolean {
  if (!(error instanceof Error && '$fault' in error)) return false;
  return error.$fault === 'client' && !throttling.test(error.name);
}
