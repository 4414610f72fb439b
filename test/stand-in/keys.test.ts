import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStandIn } from '../support/stand-in.ts';

describe('API keys of the deployed stack', () => {
  const stack = openStandIn();
  let first = '';

  beforeAll(async () => {
    const { SecretString } = await stack.secrets.send(
      new GetSecretValueCommand({ SecretId: stack.output('ApiKeySecret') }),
    );
    first = `qk_${SecretString}`;
  });
  afterAll(() => stack.close());

  const sender = (key: string) => (method: string, path: string, body?: unknown) =>
    stack.call(method, path, { headers: { authorization: `Bearer ${key}` }, body });
  const admin = (method: string, path: string, body?: unknown) => sender(first)(method, path, body);

  it('let in whom they name, with the scopes they have, to the tenant they belong to', async () => {
    const wanted = { name: 'reader', tenant: 'acme', scopes: ['read'] };
    const { status, body } = await admin('POST', '/v1/keys', wanted);
    expect(status).toBe(201);

    const tasks = await sender(body.key)('GET', '/v1/tasks');
    const submitted = await sender(body.key)('POST', '/v1/tasks', {});

    expect(tasks).toMatchObject({ status: 200, body: { tasks: [] } });
    expect(submitted).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const { body: listed } = await admin('GET', '/v1/keys?tenant=acme');
    expect(listed.keys).toContainEqual(expect.objectContaining({ keyId: body.keyId }));
  });

  it('let nobody in once they are revoked', async () => {
    // Revoked before its first use: a used one is kept by API Gateway for a minute.
    const { body } = await admin('POST', '/v1/keys', { name: 'short', tenant: 'acme' });
    const revoked = await admin('DELETE', `/v1/keys/${body.keyId}?tenant=acme`);

    expect(revoked.status).toBe(204);
    expect([401, 403]).toContain((await sender(body.key)('GET', '/v1/tasks')).status);
  });
});
