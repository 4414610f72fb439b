import { createRoute, z } from '@hono/zod-openapi';
import { Scope } from '#shared/domain/api-key.ts';
import { TenantId } from '#shared/domain/ids.ts';
import { type Api, createApi } from './api.ts';
import type { KeyUseCases } from './dependencies.ts';
import { problemResponses } from './problems.ts';
import { json } from './schemas.ts';

const tenant = TenantId.optional().openapi({
  description: 'Another tenant than your own, for admins of the one that the deployment began with',
});

const KeyRequestBody = z
  .strictObject({
    name: z.string().trim().min(1).max(100).openapi({ example: 'nightly reports' }),
    scopes: z.array(Scope).min(1).default(['read', 'write']),
    tenant,
    expiresInDays: z.int().min(1).max(3_650).optional(),
  })
  .openapi('KeyRequest');

const KeyBody = z
  .object({
    keyId: z.string(),
    name: z.string(),
    tenant: z.string(),
    scopes: z.array(Scope),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().optional(),
    lastUsedAt: z.iso.datetime().optional().openapi({ description: 'To the hour' }),
    revokedAt: z.iso.datetime().optional(),
  })
  .openapi('Key');

const create = createRoute({
  method: 'post',
  path: '/v1/keys',
  summary: 'Make an API key; its secret is in this answer and nowhere else',
  request: {
    body: { required: true, content: { 'application/json': { schema: KeyRequestBody } } },
  },
  responses: {
    201: json(KeyBody.extend({ key: z.string() }).openapi('CreatedKey'), 'The key and its secret'),
    ...problemResponses('invalid_request'),
  },
});

const list = createRoute({
  method: 'get',
  path: '/v1/keys',
  summary: 'List API keys, revoked and expired ones included; never their secrets',
  request: { query: z.object({ tenant }) },
  responses: {
    200: json(z.object({ keys: z.array(KeyBody) }), 'The keys of the tenant, oldest first'),
    ...problemResponses('invalid_request'),
  },
});

const revoke = createRoute({
  method: 'delete',
  path: '/v1/keys/{keyId}',
  summary: 'Revoke an API key; doing it again is no error',
  request: { params: z.object({ keyId: z.string() }), query: z.object({ tenant }) },
  responses: {
    204: { description: 'The key is revoked' },
    ...problemResponses('invalid_request', 'key_not_found'),
  },
});

export function keyRoutes(keys: KeyUseCases): Api {
  const api = createApi();
  api.openapi(create, async (context) => {
    const { tenant: tenantId, ...wanted } = context.req.valid('json');
    const created = await keys.createKey(context.var.caller, { ...wanted, tenantId });
    context.header('Cache-Control', 'no-store');
    return context.json(created, 201);
  });
  api.openapi(list, async (context) => {
    const { tenant: tenantId } = context.req.valid('query');
    return context.json({ keys: await keys.listKeys(context.var.caller, tenantId) }, 200);
  });
  api.openapi(revoke, async (context) => {
    const { keyId: id } = context.req.valid('param');
    const { tenant: tenantId } = context.req.valid('query');
    await keys.revokeKey(context.var.caller, { id, tenantId });
    return context.body(null, 204);
  });
  return api;
}
