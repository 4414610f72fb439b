import type { CallOptions, HttpAnswer } from './deployment.ts';

const answerWithinInMs = 60_000;

/** Asks as any program would: with plain `fetch`, no redirect followed. */
export async function callApi(
  place: { url: string; key: string },
  { method, path }: { method: string; path: string },
  { body, headers = {}, key = place.key }: CallOptions = {},
): Promise<HttpAnswer> {
  const isForm = body instanceof FormData;
  const response = await fetch(path.startsWith('/') ? `${place.url}${path}` : path, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(answerWithinInMs),
    headers: {
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      // Only to the API itself: a presigned URL carries its own right.
      ...(key === null || !path.startsWith('/') ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson =
    bytes.length > 0 && response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    body: isJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
  };
}
