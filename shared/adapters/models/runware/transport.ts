import type { Exchange } from '../internal/exchange.ts';

/** Sends a list of tasks: the one URL takes them all. */
export async function post(
  { credentials, fetch, watch }: Exchange,
  { baseUrl, tasks }: { baseUrl: string; tasks: readonly object[] },
): Promise<Response> {
  return await fetch(baseUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${credentials.apiKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(tasks),
    signal: watch.signal,
  });
}
