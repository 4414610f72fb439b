import { type ErrorDetails, isQuireError, QuireError } from '#shared/domain/errors.ts';

/** The URL is one that is never fetched. Sentences and details name the host alone: path and query may hold a token. */
export function forbidden(url: URL, what: string): QuireError {
  return new QuireError(
    'url_forbidden',
    `${what}. Give an https URL of a public host, or upload the file.`,
    { details: hostOf(url) },
  );
}

/** The URL may be fetched, but there is no file to be had. */
export function unreachable(
  url: URL,
  what: string,
  options: { details?: ErrorDetails; cause?: unknown } = {},
): QuireError {
  return new QuireError(
    'url_unreachable',
    `${what}. Check that the URL gives the file without a sign-in, or upload the file.`,
    { details: { ...hostOf(url), ...options.details }, cause: options.cause },
  );
}

/** What went wrong on the line, as one of our errors. */
export function connectionFailure(url: URL, cause: unknown): QuireError {
  if (isQuireError(cause)) return cause;
  const isCoded = typeof cause === 'object' && cause !== null && 'code' in cause;
  const code = isCoded ? String(cause.code) : '';
  const reason = /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? { reason: code } : {};
  return unreachable(url, `Expected ${url.hostname} to hand out a file, the connection failed`, {
    details: reason,
    cause,
  });
}

function hostOf(url: URL): { host: string } {
  return { host: url.hostname };
}
