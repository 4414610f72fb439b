import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import type { Scope } from '#shared/domain/api-key.ts';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import { bearer, routesOf } from '../../support/api-routes.ts';

const firstKey = 'qk_first';
const open = ['/v1/health'];
/** Ids of the right form under which there is nothing. */
const nothing = {
  taskId: `tsk_${'0'.repeat(26)}`,
  keyId: `key_${'0'.repeat(26)}`,
  name: 'summary.md',
};

function fill(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? name);
}

/** The scopes that suffice for a route. */
function allowed(method: string, path: string): readonly Scope[] {
  if (path.startsWith('/v1/keys')) return ['admin'];
  return method === 'GET' ? ['read', 'admin'] : ['write', 'admin'];
}

describe('keys over the REST API', () => {
  let directory = '';
  let runtime: LocalRuntime;
  let api: Hono;
  let first: ReturnType<typeof bearer>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-keys-'));
    runtime = await startLocalRuntime({
      dataDirectory: directory,
      environment: { QUIRE_KEY_MONTH_BUDGET_USD: '3' },
    });
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    api = await createLocalApi(runtime, { ...options, apiKey: firstKey });
    first = bearer(api, firstKey);
  });
  afterAll(async () => {
    await runtime.close();
    await rm(directory, { recursive: true, force: true });
  });

  const makeKey = async (body: object = {}) => {
    const { body: made } = await first('POST', '/v1/keys', { name: 'a key', ...body });
    return { ...made, send: bearer(api, made.key) };
  };
  const note = (text: string) => ({ workflow: 'summarize', inputs: [{ name: 'a.md', text }] });

  it('makes a key that works until it is revoked, and shows its secret once', async () => {
    const made = await first('POST', '/v1/keys', { name: ' reports ', expiresInDays: 30 });
    const { key, keyId } = made.body;
    const send = bearer(api, key);

    expect(made).toMatchObject({
      status: 201,
      body: { name: 'reports', tenant: 'local', scopes: ['read', 'write'] },
    });
    expect((await send('GET', '/v1/tasks')).status).toBe(200);
    const listed = await first('GET', '/v1/keys');
    expect(listed.body.keys).toContainEqual({
      keyId,
      name: 'reports',
      tenant: 'local',
      scopes: ['read', 'write'],
      createdAt: made.body.createdAt,
      expiresAt: made.body.expiresAt,
      lastUsedAt: expect.any(String),
    });
    expect(listed.text).not.toContain(key.slice(3));

    expect((await first('DELETE', `/v1/keys/${keyId}`)).status).toBe(204);
    expect((await first('DELETE', `/v1/keys/${keyId}`)).status).toBe(204);
    expect(await send('GET', '/v1/tasks')).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '  ' }],
    ['no scope', { name: 'a', scopes: [] }],
    ['an unknown scope', { name: 'a', scopes: ['root'] }],
    ['a tenant of another form', { name: 'a', tenant: 'A#B' }],
    ['a life of no days', { name: 'a', expiresInDays: 0 }],
    ['an unknown field', { name: 'a', tenantId: 'acme' }],
  ])('refuses a key with %s', async (_, body) => {
    expect(await first('POST', '/v1/keys', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('finds no key of an id that is none', async () => {
    for (const id of [nothing.keyId, 'nonsense']) {
      expect(await first('DELETE', `/v1/keys/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'key_not_found' },
      });
    }
  });

  it('asks every route for its scope: a key without it gets a 403, one with it does not', async () => {
    const scopes: readonly Scope[] = ['read', 'write', 'admin'];
    const keys = await Promise.all(
      scopes.map(async (scope) => ({ scope, ...(await makeKey({ scopes: [scope] })) })),
    );
    const routes = (await routesOf(api)).filter(({ path }) => !open.includes(path));

    expect(routes.length).toBeGreaterThan(10);
    const expected: object[] = [];
    const got: object[] = [];
    for (const { method, path } of routes) {
      const place = fill(path, nothing);
      const body = method === 'GET' ? undefined : {};
      for (const { scope, send } of keys) {
        const answer = await send(method, place, body);
        const isForbidden = answer.body?.code === 'forbidden';
        got.push({ method, path, scope, isForbidden });
        expected.push({ method, path, scope, isForbidden: !allowed(method, path).includes(scope) });
      }
      const { status } = await bearer(api, undefined)(method, place);
      got.push({ method, path, status });
      expected.push({ method, path, status: 401 });
    }
    expect(got).toEqual(expected);
    // The path as the router reads it, however it is spelled.
    expect((await keys[0]?.send('GET', '/v1/%6beys'))?.status).toBe(403);
  });

  it('lets admins of the first tenant make tenants, and those of others only keys of their own', async () => {
    const acme = await makeKey({ tenant: 'acme-admins', scopes: ['admin'] });
    const own = await acme.send('POST', '/v1/keys', { name: 'own' });
    const foreign = await acme.send('POST', '/v1/keys', { name: 'foreign', tenant: 'local' });

    expect(own).toMatchObject({ status: 201, body: { tenant: 'acme-admins' } });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await acme.send('GET', '/v1/keys')).body.keys.length).toBe(2);
    expect((await acme.send('GET', '/v1/keys?tenant=local')).status).toBe(403);
    expect((await first('GET', '/v1/keys?tenant=acme-admins')).body.keys.length).toBe(2);
    const mine = await makeKey();
    expect((await acme.send('DELETE', `/v1/keys/${mine.keyId}`)).status).toBe(404);
    expect((await acme.send('DELETE', `/v1/keys/${mine.keyId}?tenant=local`)).status).toBe(403);
    expect((await mine.send('GET', '/v1/tasks')).status).toBe(200);
    const gone = await first('DELETE', `/v1/keys/${own.body.keyId}?tenant=acme-admins`);
    expect(gone.status).toBe(204);
  });

  it('shows a tenant nothing of another: on every route its things are as if they were not there', async () => {
    const owner = await makeKey({ tenant: 'brown-and-sons', scopes: ['admin'] });
    const stranger = await makeKey({ tenant: 'stranger', scopes: ['admin'] });
    const upload = await owner.send('POST', '/v1/uploads', { name: 'secret-plan.md' });
    const { body: task } = await owner.send(
      'POST',
      '/v1/tasks',
      note('Revenue rose to 4 million.'),
    );
    await runtime.waitForEnd(task.taskId);
    const ids = { taskId: task.taskId, keyId: owner.keyId, name: 'summary.md' };
    const routes = (await routesOf(api)).filter(({ path }) => !open.includes(path));

    const secrets = [task.taskId, owner.keyId, upload.body.uploadId, 'brown-and-sons', '4 million'];
    for (const { method, path } of routes) {
      const body = method === 'GET' ? undefined : {};
      const seen = await stranger.send(method, fill(path, ids), body);
      const found = secrets.filter((secret) => seen.text.includes(secret));
      expect({ method, path, found }).toEqual({ method, path, found: [] });
    }
    const ofThings = routes.filter(({ path }) => /\{(taskId|keyId)\}/.test(path));
    expect(ofThings.length).toBeGreaterThan(4);
    for (const { method, path } of ofThings) {
      const body = method === 'GET' ? undefined : {};
      const seen = await stranger.send(method, fill(path, ids), body);
      const missing = await stranger.send(method, fill(path, nothing), body);
      expect({ method, path, ...seen }).toEqual({ method, path, ...missing });
      // A route that looks at the body first refuses the empty one before it looks for the task.
      expect([400, 404]).toContain(seen.status);
    }
    for (const { path } of ofThings.filter(({ method }) => method === 'GET')) {
      expect((await owner.send('GET', fill(path, ids))).status).toBe(200);
    }

    const request = { workflow: 'summarize', inputs: [{ uploadId: upload.body.uploadId }] };
    expect((await owner.send('POST', '/v1/tasks', request)).body.code).toBe('upload_incomplete');
    const refused = await stranger.send('POST', '/v1/tasks', request);
    const untold = await stranger.send('POST', '/v1/estimates', request);
    expect([refused.body.code, untold.body.code]).toEqual(['upload_not_found', 'upload_not_found']);
    const lists = async (send: typeof first) => ({
      tasks: (await send('GET', '/v1/tasks')).body.tasks.length,
      attempts: (await send('GET', '/v1/usage')).body.totals.attempts,
    });
    expect(await lists(stranger.send)).toEqual({ tasks: 0, attempts: 0 });
    expect(await lists(owner.send)).toEqual({ tasks: 1, attempts: expect.any(Number) });
    expect((await owner.send('GET', '/v1/usage')).body.totals.attempts).toBeGreaterThan(0);
  });

  it('keeps the idempotency keys of tenants apart', async () => {
    const keys = await Promise.all([makeKey({ tenant: 'one' }), makeKey({ tenant: 'two' })]);
    const answers = await Promise.all(
      keys.map(async ({ key }, index) => {
        const response = await api.request('/v1/tasks', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'idempotency-key': 'same',
          },
          body: JSON.stringify(note(`Sentence ${index}.`)),
        });
        return { status: response.status, taskId: JSON.parse(await response.text()).taskId };
      }),
    );

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.taskId).not.toBe(answers[1]?.taskId);
  });

  it('takes the month’s budget of a key from that key alone', async () => {
    const [one, other] = await Promise.all([makeKey(), makeKey()]);
    const costly = { ...note('A sentence.'), options: { budgetUsd: 3 } };
    const submit = async ({ send }: typeof one) => (await send('POST', '/v1/tasks', costly)).status;

    const accepted = await one.send('POST', '/v1/tasks', costly);
    // Whether the first one has ended or not: it has cost something.
    const again = await one.send('POST', '/v1/tasks', costly);

    expect([accepted.status, again.status, await submit(other)]).toEqual([202, 402, 202]);
    expect((await runtime.tasks.get(accepted.body.taskId))?.keyId).toBe(one.keyId);
  });

  it('asks for no key where none is set, and everybody is admin', async () => {
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    const unlocked = await createLocalApi(runtime, { ...options, apiKey: undefined });
    const { status, body } = await bearer(unlocked, undefined)('POST', '/v1/keys', { name: 'a' });

    expect({ status, tenant: body.tenant }).toEqual({ status: 201, tenant: 'local' });
  });
});
