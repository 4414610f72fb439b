import { createRoute } from '@hono/zod-openapi';
import { QuireError } from '#shared/domain/errors.ts';
import type { EstimateSubmission } from '#shared/steps/tasks/estimate-submission.ts';
import { viewEstimate } from '#shared/steps/tasks/view-task.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { createGuardedApi } from './guarded-api.ts';
import { problemResponses } from './problems.ts';
import { EstimateBody, json, TaskRequestBody } from './schemas.ts';

const estimate = createRoute({
  method: 'post',
  path: '/v1/estimates',
  summary: 'What a task would take: the body of a task, read and planned but not submitted',
  request: {
    body: { required: true, content: { 'application/json': { schema: TaskRequestBody } } },
  },
  responses: {
    200: json(EstimateBody, 'Calls, tokens, dollars and minutes: low, expected, high'),
    ...problemResponses(
      'invalid_request',
      'workflow_not_found',
      'upload_incomplete',
      'upload_expired',
      'invalid_params',
      'file_too_large',
      'empty_file',
      'url_forbidden',
      'url_unreachable',
      'estimate_too_long',
    ),
  },
});

/** The estimates alone, for a function that reads documents and does nothing else. */
export function createEstimateApp(
  deps: Pick<ApiDependencies, 'callerOf' | 'logger' | 'platformOf'> & {
    readonly estimateSubmission: EstimateSubmission;
  },
): Api {
  const app = createGuardedApi(deps);
  app.route('/', estimateRoutes(deps));
  return app;
}

export function estimateRoutes(deps: Pick<ApiDependencies, 'estimateSubmission'>): Api {
  return createApi().openapi(estimate, async (context) => {
    if (deps.estimateSubmission === undefined) throw notHere();
    const told = await deps.estimateSubmission({
      tenantId: context.var.tenantId,
      request: await context.req.json(),
    });
    return context.json(viewEstimate(told), 200);
  });
}

function notHere(): QuireError {
  return new QuireError(
    'route_not_found',
    'Expected a process that reads documents to answer this route, got one that does not. Submit the task with `options.approval` “plan” and see its estimate.',
  );
}
