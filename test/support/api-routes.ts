import type { Hono } from 'hono';

export interface ApiRoute {
  readonly method: string;
  /** With `{names}` for what varies. */
  readonly path: string;
}

/** Every route that the API describes, so that a test over all of them misses none that is to come. */
export async function routesOf(api: Hono): Promise<readonly ApiRoute[]> {
  const { paths } = JSON.parse(await (await api.request('/v1/openapi.json')).text());
  return Object.entries<Record<string, unknown>>(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any;
}

/** Sends requests with one key. */
export function bearer(api: Hono, key: string | undefined) {
  return async (method: string, path: string, body?: unknown): Promise<ApiAnswer> => {
    const response = await api.request(path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  };
}
