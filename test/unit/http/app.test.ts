import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';

describe('the REST API', () => {
  let directory = '';
  let runtime: LocalRuntime;
  let open: Hono;
  let locked: Hono;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-http-'));
    runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    open = await createLocalApi(runtime, { ...options, apiKey: undefined });
    locked = await createLocalApi(runtime, { ...options, apiKey: 'qk_right' });
  });
  afterAll(async () => {
    await runtime.close();
    await rm(directory, { recursive: true, force: true });
  });

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await open.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(await response.text()),
    };
  };
  const note = { workflow: 'summarize', inputs: [{ name: 'a.md', text: 'A sentence.' }] };

  it('describes every route with its problems, and every reference resolves', async () => {
    const document = JSON.parse(await (await open.request('/v1/openapi.json')).text());

    const operations = Object.values<Record<string, { responses: Record<string, object> }>>(
      document.paths,
    ).flatMap(Object.values);
    const withoutProblems = operations.filter(
      ({ responses }) => !JSON.stringify(responses).includes('application/problem+json'),
    );
    const references = [
      ...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g),
    ];
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/callbacks/secret',
      '/v1/estimates',
      '/v1/health',
      '/v1/keys',
      '/v1/keys/{keyId}',
      '/v1/tasks',
      '/v1/tasks/{taskId}',
      '/v1/tasks/{taskId}/approval',
      '/v1/tasks/{taskId}/artifacts/{name}',
      '/v1/tasks/{taskId}/callback/replay',
      '/v1/tasks/{taskId}/cancel',
      '/v1/tasks/{taskId}/resume',
      '/v1/uploads',
      '/v1/usage',
      '/v1/workflows',
      '/v1/workflows/{workflowId}',
    ]);
    // Health takes nothing and needs no key.
    expect(withoutProblems.length).toBe(1);
    expect(references.length).toBeGreaterThan(10);
    expect(
      references.filter(([, name]) => document.components.schemas[name ?? ''] === undefined),
    ).toEqual([]);
  });

  it.each([
    { name: 'a body that is no JSON', body: '{', status: 400, code: 'invalid_request' },
    {
      name: 'an unknown field',
      body: { ...note, priority: 1 },
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'a document by a URL of this machine',
      body: { ...note, inputs: [{ url: 'https://127.0.0.1/a' }] },
      status: 422,
      code: 'url_forbidden',
    },
    {
      name: 'an unknown parameter',
      body: { ...note, params: { words: 1 } },
      status: 422,
      code: 'invalid_params',
    },
    {
      name: 'a body over 1 MB',
      body: { ...note, params: { audience: 'x'.repeat(1_100_000) } },
      status: 413,
      code: 'file_too_large',
    },
  ])('answers $name with $code', async ({ body, status, code }) => {
    const answer = await post('/v1/tasks', body);

    expect(answer).toMatchObject({
      status,
      body: { status, code, type: `urn:quire:error:${code}` },
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.detail).toMatch(/^Expected/);
  });

  it('makes one task of twenty parallel submissions with one key (I2)', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post('/v1/tasks', note, { 'idempotency-key': 'parallel' })),
    );

    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.body.taskId)).size).toBe(1);
    expect(
      answers.filter((answer) => answer.headers.get('idempotent-replayed') === null).length,
    ).toBe(1);
  });

  it('pages through tasks without missing or repeating one', async () => {
    for (const key of ['p1', 'p2', 'p3']) await post('/v1/tasks', note, { 'idempotency-key': key });
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const page = JSON.parse(await (await open.request(`/v1/tasks${query}`)).text());
      seen.push(...page.tasks.map((task: { taskId: string }) => task.taskId));
      if (page.cursor === undefined) break;
      query = `?limit=2&cursor=${encodeURIComponent(page.cursor)}`;
    }

    expect(seen.length).toBe(4);
    expect(new Set(seen).size).toBe(4);
  });

  it('asks for the key where one is set, except for health', async () => {
    const get = async (path: string, token?: string) =>
      (
        await locked.request(path, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        })
      ).status;

    expect([
      await get('/v1/tasks'),
      await get('/v1/tasks', 'qk_wrong'),
      await get('/v1/tasks', 'qk_right'),
      await get('/v1/health'),
    ]).toEqual([401, 401, 200, 200]);
  });

  it('takes an upload only by the form that it gave out', async () => {
    const { body: upload } = await post('/v1/uploads', { name: 'a.md' });
    const send = async (fields: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob(['A sentence.']), 'a.md');
      const bytes = await new Response(form).arrayBuffer();
      const type = new Response(form).headers.get('content-type') ?? '';
      const boundary = /boundary=(.*)$/.exec(type)?.[1] ?? '';
      const used =
        new TextDecoder().decode(bytes.slice(0, 200)).split('\r\n')[0]?.slice(2) ?? boundary;
      return await open.request(upload.url, {
        method: 'POST',
        headers: {
          'content-type': `multipart/form-data; boundary=${used}`,
          'content-length': String(bytes.byteLength),
        },
        body: bytes,
      });
    };

    const forged = await send({ ...upload.fields, key: 'tasks/tsk_x/output/summary.docx' });
    const early = await post('/v1/tasks', {
      workflow: 'summarize',
      inputs: [{ uploadId: upload.uploadId }],
    });
    const right = await send(upload.fields);

    expect([forged.status, early.status, right.status]).toEqual([400, 409, 204]);
    expect(early.body.code).toBe('upload_incomplete');
  });

  it('shows nobody else’s task: not found, as if it were not there', async () => {
    const missing = await open.request(`/v1/tasks/tsk_${'0'.repeat(26)}`);

    expect(missing.status).toBe(404);
    expect(JSON.parse(await missing.text()).code).toBe('task_not_found');
  });

  it('describes the workflow with the schema of its parameters', async () => {
    const workflow = JSON.parse(await (await open.request('/v1/workflows/summarize')).text());

    expect(Object.keys(workflow.paramsSchema.properties)).toEqual(
      expect.arrayContaining(['audience', 'style', 'maxWords', 'language']),
    );
    expect((await open.request('/v1/workflows/sing')).status).toBe(404);
  });

  it('keeps the trace of the request with the task, and shows it', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const traced = await post('/v1/tasks', note, { traceparent });
    const plain = await post('/v1/tasks', note);

    const shown = await open.request(`/v1/tasks/${traced.body.taskId}`);
    expect(JSON.parse(await shown.text()).traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(plain.body).not.toHaveProperty('traceId');
  });
});
