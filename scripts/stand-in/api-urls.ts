const host = /^https?:\/\/(\w+)\.execute-api\.[^/]+/;

/** Where the stand-in has an API: under a path, since few machines resolve its host names. Without a slash at its end. */
export function apiUrlIn(endpoint: string, url: string): string {
  const { port } = new URL(endpoint);
  return url
    .replace(host, (_, id) => `http://127.0.0.1:${port}/_aws/execute-api/${id}`)
    .replace(/\/$/, '');
}

/** A `fetch` that finds the APIs of the stand-in by the host names that it gives them. */
export function createFetchInto(endpoint: string, fetch: typeof globalThis.fetch): typeof fetch {
  return (input, options) =>
    fetch(typeof input === 'string' ? apiUrlIn(endpoint, input) : input, options);
}
