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

  it('are made, used, listed and revoked with the command; then they are refused, also after a restart', async () => {
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
    await server.kill();
    server = await start();
    expect((await restClient(server.url, key).get('/v1/tasks')).status).toBe(401);
    expect((await restClient(server.url, firstKey).get('/v1/tasks')).status).toBe(200);
  });

  it('end a wrong command with 2 and a sentence', async () => {
    const results = await Promise.all([keys('sing'), keys('revoke', 'key_none')]);

    expect(results).toMatchObject([
      { code: 2, stdout: '', stderr: expect.stringContaining('create, list, revoke') },
      { code: 2, stdout: '', stderr: expect.stringContaining('key_not_found') },
    ]);
  });
});
