import { createRoute, z } from '@hono/zod-openapi';
import type { Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { estimateRoutes } from './estimates.ts';
import { createGuardedApi } from './guarded-api.ts';
import { keyRoutes } from './keys.ts';
import { problemResponses } from './problems.ts';
import { json, UsageSummaryBody } from './schemas.ts';
import { callbackRoutes } from './task-callbacks.ts';
import { taskRoutes } from './tasks.ts';
import { uploadRoutes } from './uploads.ts';
import { workflowRoutes } from './workflows.ts';

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

/** The REST API: routes, problems and its own description. The same app runs behind Node's server and in Lambda. */
export function createApp(deps: ApiDependencies): Api {
  const app = createGuardedApi(deps);
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
