import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import { type FileServer, startFileServer } from '../../support/file-servers.ts';
import { createRecordingLogger } from '../../support/silent-logger.ts';

describe('a task over a document by URL', () => {
  const logger = createRecordingLogger();
  const asked: (string | undefined)[] = [];
  let directory = '';
  let server: FileServer;
  let runtime: LocalRuntime;
  let api: Hono;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-urls-'));
    server = await startFileServer((request, response) => {
      asked.push(request.url);
      if (request.url?.startsWith('/missing')) response.writeHead(404);
      if (request.url?.startsWith('/empty')) response.end();
      else response.end(`# Note ${asked.length}\n\nA sentence.`);
    });
    runtime = await startLocalRuntime({
      dataDirectory: directory,
      environment: { QUIRE_ALLOW_HTTP_URLS: 'loopback' },
      logger,
    });
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    api = await createLocalApi(runtime, { ...options, apiKey: undefined });
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(async () => {
    await runtime.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const submit = async (inputs: readonly object[], key?: string) => {
    const response = await api.request('/v1/tasks', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ workflow: 'summarize', inputs }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const urlOf = (path: string) => `http://127.0.0.1:${server.port}${path}`;

  it('is accepted with the files in the store, in the order of the request, and comes to its end', async () => {
    const { status, body } = await submit([
      { url: urlOf('/files/first%20note.md?token=canary') },
      { name: 'second.md', text: 'Another sentence.' },
      { url: urlOf('/download?id=3'), name: 'third.md' },
    ]);

    expect(status).toBe(202);
    const task = await runtime.waitForEnd(body.taskId);
    expect(task.inputs.map(({ documentId, name }) => `${documentId} ${name}`)).toEqual([
      'd1 first-note.md',
      'd2 second.md',
      'd3 third.md',
    ]);
    const stored = await Promise.all(
      task.inputs.map(({ objectKey }) => runtime.objects.get(objectKey)),
    );
    expect(stored.map((bytes) => new TextDecoder().decode(bytes))).toEqual([
      '# Note 1\n\nA sentence.',
      'Another sentence.',
      '# Note 2\n\nA sentence.',
    ]);
    expect(task.status).toBe('SUCCEEDED');
    expect(JSON.stringify([logger.lines, task])).not.toContain('canary');
  });

  it('is not fetched again when the request is repeated', async () => {
    const inputs = [{ url: urlOf('/note.md') }];

    const first = await submit(inputs, 'once');
    const again = await submit(inputs, 'once');
    const other = await submit([{ url: urlOf('/other.md') }], 'once');

    expect(again.body.taskId).toBe(first.body.taskId);
    expect([first.status, again.status, other.status]).toEqual([202, 202, 422]);
    expect(asked).toEqual(['/note.md']);
  });

  it('keeps the bytes of whoever stored the task when parallel requests are handed different ones (I2)', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => submit([{ url: urlOf('/changing.md') }], 'parallel')),
    );

    expect(new Set(answers.map(({ body }) => body.taskId)).size).toBe(1);
    const task = await runtime.tasks.get(answers[0]?.body.taskId);
    const [input] = task?.inputs ?? [];
    const bytes = await runtime.objects.get(input?.objectKey ?? '');
    expect(bytes?.byteLength).toBe(input?.sizeInBytes);
    expect(input?.objectKey).toMatch(/\/d1\.[0-9a-f]{64}$/);
  });

  it.each([
    ['another machine', 'http://169.254.169.254/latest?token=canary', 'url_forbidden'],
    ['another scheme', 'file:///canary', 'url_forbidden'],
    ['a file that is not there', '/missing?token=canary', 'url_unreachable'],
    ['an empty file', '/empty?token=canary', 'empty_file'],
  ])(
    'is refused for %s, and the answer holds no more of the URL than its host',
    async (_, url, code) => {
      const { status, body } = await submit([{ url: url.startsWith('/') ? urlOf(url) : url }]);

      expect({ status, code: body.code }).toEqual({ status: 422, code });
      expect(body.detail).toMatch(/^Expected/);
      expect(JSON.stringify([body, logger.lines])).not.toContain('canary');
    },
  );

  it.each([[{ url: '' }], [{ url: 'https://a.example/', text: 'x' }], [{ url: 1 }]])(
    'is refused in another form than the documented one: %j',
    async (input) => {
      const { body } = await submit([input]);

      expect(body.code).toBe('invalid_request');
      expect(asked).toEqual([]);
    },
  );

  it('is checked as a whole before anything is fetched', async () => {
    const { body } = await submit([
      { url: urlOf('/note.md') },
      { uploadId: `upl_${'0'.repeat(26)}` },
    ]);

    expect(body.code).toBe('upload_not_found');
    expect(asked).toEqual([]);
  });
});

describe('QUIRE_ALLOW_HTTP_URLS', () => {
  it('takes nothing but `loopback`', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quire-urls-'));
    const started = startLocalRuntime({
      dataDirectory: directory,
      environment: { QUIRE_ALLOW_HTTP_URLS: 'all' },
    });

    await expect(started).rejects.toMatchObject({ code: 'invalid_request' });
    await rm(directory, { recursive: true, force: true });
  });
});
