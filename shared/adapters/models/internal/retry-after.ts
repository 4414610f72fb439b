/** Longest wait that is believed; more is a provider's mistake or a reason to go elsewhere. */
const mostInMs = 3_600_000;

/** When to come back, in milliseconds from now: from `retry-after-ms` or `retry-after`, in seconds or as a date (RFC 9110 § 10.2.3). */
export function retryAfterInMs(headers: Headers, nowInMs: number): number | undefined {
  const inMs = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (inMs >= 0) return Math.min(inMs, mostInMs);
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = Number(text);
  const waitInMs =
    text.trim() !== '' && seconds >= 0 ? seconds * 1_000 : Date.parse(text) - nowInMs;
  return Number.isNaN(waitInMs) ? undefined : Math.min(Math.max(0, waitInMs), mostInMs);
}
