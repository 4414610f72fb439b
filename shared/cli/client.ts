import { QuireError } from '#shared/domain/errors.ts';
import { UsageError } from './usage-error.ts';

/** Speaks to a server of ours, local or deployed: the URL from `--url` or QUIRE_URL, the key from QUIRE_API_KEY. */
export interface ApiClient {
  get(path: string): Promise<Record<string, unknown>>;
  post(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Record<string, unknown>>;
  remove(path: string): Promise<void>;
  bytes(path: string): Promise<Uint8Array>;
  /** Announces a file, sends it and returns its upload id. */
  upload(name: string, bytes: Uint8Array): Promise<string>;
}

export function createApiClient(url: string | undefined): ApiClient {
  const base = (url ?? process.env['QUIRE_URL'] ?? 'http://127.0.0.1:8787').replace(/\/+$/, '');
  const apiKey = process.env['QUIRE_API_KEY'];
  const authorization: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};

  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string>) },
    }).catch((error: unknown) => {
      throw new UsageError(
        `Expected a server at ${base}; none answers. Start one with quire serve, or give --url.`,
        { cause: error },
      );
    });
    if (response.ok) return response;
    throw await problemOf(response);
  };

  const read = async (path: string, init: RequestInit) =>
    (await (await send(path, init)).json()) as Record<string, unknown>;
  const post: ApiClient['post'] = (path, body, headers = {}) =>
    read(path, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  return {
    get: (path) => read(path, {}),
    post,
    async remove(path) {
      await send(path, { method: 'DELETE' });
    },
    async bytes(path) {
      return new Uint8Array(await (await send(path, {})).arrayBuffer());
    },
    async upload(name, bytes) {
      const announced = await post('/v1/uploads', { name, sizeInBytes: bytes.byteLength });
      const form = new FormData();
      const fields = announced['fields'] as Record<string, string>;
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
      const sent = await fetch(String(announced['url']), { method: 'POST', body: form });
      if (!sent.ok) throw await problemOf(sent);
      return String(announced['uploadId']);
    },
  };
}

async function problemOf(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    remedy?: string;
  };
  const text = [body.detail, body.remedy].filter((part) => part !== undefined).join(' ');
  const message = `${body.code ?? `HTTP ${response.status}`}: ${text}`;
  return response.status < 500
    ? new UsageError(message)
    : new QuireError('internal_error', message);
}
