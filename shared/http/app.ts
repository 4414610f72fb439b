import { createRoute, z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { type Caller, grants, type Scope } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { estimateRoutes } from './estimates.ts';
import { keyRoutes } from './keys.ts';
import { problemResponse, problemResponses } from './problems.ts';
import { requestLog } from './request-log.ts';
import { requiredScope } from './required-scope.ts';
import { json, UsageSummaryBody } from './schemas.ts';
import { callbackRoutes } from './task-callbacks.ts';
import { taskRoutes } from './tasks.ts';
import { uploadRoutes } from './uploads.ts';
import { workflowRoutes } from './workflows.ts';

/** Bodies are small: documents go to the store. Inline text and a list of inputs fit. */
const maxBodyInBytes = 1024 * 1024;

const health = createRoute({
  method: 'get',
  path: '/v1/health',
  summary: 'Whether the service answers, and who answers for the model',
  responses: {
    200: json(
      z.object({ status: z.literal('ok'), providers: z.array(z.string()), simulated: z.boolean() }),
      'It does',
    ),
  },
});

const usage = createRoute({
  method: 'get',
  path: '/v1/usage',
  summary: 'Tokens and money by day, workflow and provider',
  request: { query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }) },
  responses: {
    200: json(UsageSummaryBody, 'Sums of the ledgers of ended tasks'),
    ...problemResponses('invalid_request'),
  },
});

const open = new Set(['/v1/health', '/v1/openapi.json']);

/** The REST API: routes, problems and its own description. The same app runs behind Node's server and in Lambda. */
export function createApp(deps: ApiDependencies): Api {
  const app = createApi();
  app.onError((error, context) => problemResponse(context, asOurs(error), deps.logger));
  app.notFound((context) => {
    const error = new QuireError(
      'route_not_found',
      `Expected a route of /v1/openapi.json, got ${context.req.method} and another path.`,
    );
    return problemResponse(context, error, deps.logger);
  });
  app.use('*', requestLog(deps));
  app.use(
    '*',
    bodyLimit({
      maxSize: maxBodyInBytes,
      onError: () => {
        throw tooLarge();
      },
    }),
  );
  app.use('*', async (context, next) => {
    if (open.has(context.req.path)) return await next();
    const caller = await deps.callerOf(context.req.raw, context.env);
    if (caller === undefined) {
      throw new QuireError(
        'unauthorized',
        'Expected a valid API key as `Authorization: Bearer …`, got none or another.',
      );
    }
    requireScope(caller, requiredScope(context.req.method, context.req.path));
    context.set('caller', caller);
    context.set('tenantId', caller.tenantId);
    await next();
  });

  app.openapi(health, (context) => {
    const { names, isSimulated } = deps.providers;
    return context.json(
      { status: 'ok' as const, providers: [...names], simulated: isSimulated },
      200,
    );
  });
  app.openapi(usage, async (context) => {
    const range = context.req.valid('query');
    return context.json(await deps.getUsage(context.var.tenantId, range), 200);
  });
  for (const routes of [uploadRoutes, taskRoutes, estimateRoutes, callbackRoutes, workflowRoutes])
    app.route('/', routes(deps));
  if (deps.keys !== undefined) app.route('/', keyRoutes(deps.keys));
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description:
      'A key with the scope that the route asks for: `read` for GET, `write` for all else, `admin` for /v1/keys. `admin` includes both others.',
  });
  app.doc31('/v1/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Quire',
      version: '1',
      description: 'Office-document tasks, finished as Office files.',
    },
    security: [{ apiKey: [] }],
  });
  return app;
}

function requireScope(caller: Caller, scope: Scope): void {
  if (grants(caller.scopes, scope)) return;
  throw new QuireError(
    'forbidden',
    `Expected a key with the scope “${scope}”; this one has ${caller.scopes.join(', ')}.`,
    { details: { required: scope, scopes: [...caller.scopes] } },
  );
}

/** What the framework throws for a body that is no JSON is the sender's fault. */
function asOurs(error: unknown): unknown {
  const isMalformed =
    error instanceof SyntaxError ||
    (error instanceof Error && error.message.startsWith('Malformed JSON'));
  if (!isMalformed) return error;
  return new QuireError(
    'invalid_request',
    'Expected a body of JSON, got something that cannot be parsed.',
    { cause: error },
  );
}

function tooLarge(): QuireError {
  return new QuireError(
    'file_too_large',
    `Expected a body of at most ${maxBodyInBytes} bytes; upload documents with POST /v1/uploads.`,
    {
      details: { limit: maxBodyInBytes },
    },
  );
}
