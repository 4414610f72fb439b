/** A client as a user would write one: plain fetch, no code of ours. */
export function restClient(url: string, apiKey?: string) {
  const authorization: Record<string, string> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const call = async (
    method: string,
    path: string,
    options: { body?: unknown; key?: string } = {},
  ) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...authorization,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };

  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown, key?: string) =>
      call('POST', path, {
        ...(body === undefined ? {} : { body }),
        ...(key === undefined ? {} : { key }),
      }),

    delete: (path: string) => call('DELETE', path),

    /** Announces a file and sends it as the answer says. */
    async upload(name: string, bytes: Uint8Array): Promise<string> {
      const announced = await call('POST', '/v1/uploads', {
        body: { name, sizeInBytes: bytes.byteLength },
      });
      const form = new FormData();
      for (const [field, value] of Object.entries<string>(announced.body.fields))
        form.append(field, value);
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
      const sent = await fetch(new URL(announced.body.url, url), {
        method: announced.body.method,
        body: form,
      });
      if (!sent.ok)
        throw new Error(`The upload was answered with ${sent.status}: ${await sent.text()}`);
      return announced.body.uploadId;
    },

    async download(path: string): Promise<Uint8Array> {
      const response = await fetch(`${url}${path}`, { headers: authorization });
      if (!response.ok) throw new Error(`The download was answered with ${response.status}.`);
      return new Uint8Array(await response.arrayBuffer());
    },

    /** Asks for the task until the condition holds; the bodies seen on the way. */
    async follow(
      taskId: string,
      isReached: (body: { status: string }) => boolean,
    ): Promise<Record<string, never>[]> {
      const seen: Record<string, never>[] = [];
      for (;;) {
        const { body } = await call('GET', `/v1/tasks/${taskId}`);
        seen.push(body);
        if (isReached(body)) return seen;
        // Each look costs the server time that the work would have had.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

const terminal = ['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'];

export function isOver(body: { status: string }): boolean {
  return terminal.includes(body.status);
}
