import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type QuireServer, quire, startServer } from '../support/quire-process.ts';
import { restClient } from '../support/rest-client.ts';

const firstKey = 'qk_of-this-machine';

describe('API keys of a local server', () => {
  let directory = '';
  let server: QuireServer;

  const start = () =>
    startServer({ dataDirectory: directory, environment: { QUIRE_API_KEY: firstKey } });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-keys-'));
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const acme = ['--tenant', 'acme'];
  const keys = (...commandLine: string[]) =>
    quire(['keys', ...commandLine, '--url', server.url], { QUIRE_API_KEY: firstKey });

  it('are made, used, listed and revoked with the command; then they are refused', async () => {
    const wanted = ['--name', 'reports', '--scopes', 'read,write', '--expires-in-days', '30'];
    const created = await keys('create', ...wanted, ...acme);
    const { key, keyId, ...view } = JSON.parse(created.stdout);
    expect(view).toMatchObject({ tenant: 'acme', expiresAt: expect.any(String) });
    const note = { workflow: 'summarize', inputs: [{ name: 'a.md', text: 'A sentence.' }] };

    const submitted = await restClient(server.url, key).post('/v1/tasks', note);
    const locked = await restClient(server.url).get('/v1/tasks');
    const beyond = await restClient(server.url, key).get('/v1/keys');
    expect([submitted.status, locked.status, beyond.status]).toEqual([202, 401, 403]);
    expect(created.stderr).not.toContain(key);

    const listed = await keys('list', ...acme);
    expect(JSON.parse(listed.stdout).keys).toMatchObject([{ keyId, name: 'reports' }]);
    expect(listed.stdout).not.toContain(key);

    const revoked = await keys('revoke', keyId, ...acme);
    expect(revoked).toMatchObject({ code: 0, stdout: '' });
    expect((await restClient(server.url, key).get('/v1/tasks')).status).toBe(401);
  });

  it('stay what they are over a crash: revoked ones are refused, others let in', async () => {
    const admin = restClient(server.url, firstKey);
    const [kept, gone] = await Promise.all(
      ['kept', 'gone'].map(async (name) => (await admin.post('/v1/keys', { name })).body),
    );
    await admin.delete(`/v1/keys/${gone.keyId}`);
    await server.kill();
    server = await start();

    const statuses = [kept.key, gone.key, firstKey].map(
      async (key) => (await restClient(server.url, key).get('/v1/tasks')).status,
    );

    expect(await Promise.all(statuses)).toEqual([200, 401, 200]);
  });

  it('end a wrong command with 2 and a sentence', async () => {
    const results = await Promise.all([keys('sing'), keys('revoke', 'key_none')]);

    expect(results).toMatchObject([
      { code: 2, stdout: '', stderr: expect.stringContaining('create, list, revoke') },
      { code: 2, stdout: '', stderr: expect.stringContaining('key_not_found') },
    ]);
  });
});
