import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handle } from 'hono/aws-lambda';
import { createJwtVerifier } from '#shared/adapters/system/jwt-verifier.ts';
import type { Caller } from '#shared/domain/api-key.ts';
import { TenantId } from '#shared/domain/ids.ts';
import { createApp } from '#shared/http/app.ts';
import { gatewayCallerOf } from '#shared/runtime/aws/gateway-callers.ts';
import { createKeyUseCases } from '#shared/runtime/key-use-cases.ts';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createAuthenticate } from '#shared/steps/keys/authenticate.ts';
import { callerOfClaims } from '#shared/steps/keys/caller-of-claims.ts';
import { createCreateUpload } from '#shared/steps/tasks/create-upload.ts';
import { createGetUsage } from '#shared/steps/tasks/get-usage.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { answer } from '../../../../lambdas/authorizer-policy.ts';
import { startOidcIssuer } from '../../../support/oidc-issuer.ts';

const firstTenantId = TenantId.parse('default');
const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/GET/v1/tasks';
type Handler = ReturnType<typeof handle>;

/** An event as API Gateway sends it, with what the authorizer has said, if it was asked. */
function eventOf(method: string, path: string, extra: { authorizer?: object; body?: object }) {
  return {
    httpMethod: method,
    path,
    headers: { 'content-type': 'application/json' },
    body: extra.body === undefined ? null : JSON.stringify(extra.body),
    isBase64Encoded: false,
    resource: '/v1/{proxy+}',
    requestContext: { authorizer: extra.authorizer ?? null, identity: { userArn: null } },
  } as unknown as Parameters<Handler>[0];
}

describe('the API behind the authorizer', () => {
  let directory = '';
  let runtime: LocalRuntime;
  let api: (
    method: string,
    path: string,
    extra?: { authorizer?: object; body?: object },
  ) => Promise<{
    status: number;
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
    body: any;
  }>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-authorized-'));
    runtime = await startLocalRuntime({ dataDirectory: directory, environment: {} });
    const uploadForms = { create: () => Promise.reject(new Error('not used')) };
    const callerOf = gatewayCallerOf('key');
    const handler = handle(
      createApp({
        ...runtime,
        createUpload: createCreateUpload({ ...runtime, uploadForms }),
        getUsage: createGetUsage(runtime),
        workflows,
        callerOf: (_request, env) => callerOf(env),
        keys: createKeyUseCases({ ...runtime, firstTenantId }),
      }),
    );
    api = async (method, path, extra = {}) => {
      const { statusCode, body } = await handler(eventOf(method, path, extra));
      return { status: statusCode, body: JSON.parse(body) };
    };
  });
  afterAll(async () => {
    await runtime.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What API Gateway does with a token: asks, and passes on what was said where the answer is Allow. */
  const authorize = async (
    token: string,
    callerOf: (token: string) => Promise<Caller | undefined>,
  ) => {
    const said = await answer({ authorizationToken: `Bearer ${token}`, methodArn }, callerOf);
    const isAllowed = said.policyDocument.Statement[0].Effect === 'Allow';
    return isAllowed ? { ...said.context, principalId: said.principalId } : undefined;
  };

  it('refuses a request of which API Gateway says nothing, whatever its headers claim', async () => {
    expect(await api('GET', '/v1/tasks')).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
    expect((await api('GET', '/v1/health')).status).toBe(200);
  });

  it('knows the bearer of a key by the first key, then by those made with it', async () => {
    const isKnown = (token: string) => token === 'qk_first';
    const firstKey = { tenantId: firstTenantId, isKnown };
    const callerOf = createAuthenticate({ ...runtime, firstKey });
    const admin = await authorize('qk_first', callerOf);
    const made = await api('POST', '/v1/keys', {
      authorizer: admin ?? {},
      body: { name: 'reader', tenant: 'acme', scopes: ['read'] },
    });
    expect(made.status).toBe(201);

    const reader = (await authorize(made.body.key, callerOf)) ?? {};

    expect(reader).toEqual({
      tenantId: 'acme',
      keyId: made.body.keyId,
      scopes: 'read',
      principalId: 'acme',
    });
    expect((await api('GET', '/v1/tasks', { authorizer: reader })).status).toBe(200);
    expect((await api('POST', '/v1/tasks', { authorizer: reader, body: {} })).status).toBe(403);
    expect((await api('GET', '/v1/keys', { authorizer: reader })).status).toBe(403);
    expect(await authorize('qk_other', callerOf)).toBeUndefined();
  });

  it('knows the bearer of a token by its claims', async () => {
    const issuer = await startOidcIssuer('quire');
    const kid = await issuer.addKey('ES256');
    const tokens = createJwtVerifier({ issuer: issuer.issuer, audience: 'quire' });
    const callerOf = async (token: string) => {
      const claims = await tokens.verify(token);
      return claims === undefined ? undefined : callerOfClaims(claims, 'tenant');
    };
    const claims = { tenant: 'acme', scope: 'openid quire:write' };
    const writer = (await authorize(await issuer.sign(kid, claims), callerOf)) ?? {};
    const note = { workflow: 'summarize', inputs: [{ name: 'a.md', text: 'A sentence.' }] };

    const submitted = await api('POST', '/v1/tasks', { authorizer: writer, body: note });

    expect(submitted.status).toBe(202);
    expect(await runtime.tasks.get(submitted.body.taskId)).toMatchObject({
      tenantId: 'acme',
      keyId: expect.stringMatching(/^jwt_/),
    });
    expect((await api('GET', '/v1/tasks', { authorizer: writer })).status).toBe(403);
    const expired = await issuer.sign(kid, { ...claims, exp: 1 });
    expect(await authorize(expired, callerOf)).toBeUndefined();
    await issuer.close();
  });
});
