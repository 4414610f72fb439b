import { createRoute, z } from '@hono/zod-openapi';
import * as zod from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponses } from './problems.ts';
import { json, WorkflowBody } from './schemas.ts';

const list = createRoute({
  method: 'get',
  path: '/v1/workflows',
  summary: 'The workflows that can be submitted',
  responses: {
    200: json(z.object({ workflows: z.array(WorkflowBody) }), 'All workflows'),
    ...problemResponses(),
  },
});

const get = createRoute({
  method: 'get',
  path: '/v1/workflows/{workflowId}',
  summary: 'One workflow, with the schema of its parameters',
  request: { params: z.object({ workflowId: z.string() }) },
  responses: { 200: json(WorkflowBody, 'The workflow'), ...problemResponses('workflow_not_found') },
});

export function workflowRoutes(deps: ApiDependencies): Api {
  const api = createApi();
  api.openapi(list, (context) => context.json({ workflows: deps.workflows.map(describe) }, 200));
  api.openapi(get, (context) => {
    const { workflowId } = context.req.valid('param');
    const workflow = deps.workflows.find((each) => each.id === workflowId);
    if (workflow !== undefined) return context.json(describe(workflow), 200);
    const known = deps.workflows.map((each) => each.id);
    throw new QuireError(
      'workflow_not_found',
      `Expected one of ${known.join(', ')}, got another id.`,
      {
        details: { known },
      },
    );
  });
  return api;
}

function describe(workflow: Workflow): z.infer<typeof WorkflowBody> {
  return {
    id: workflow.id,
    version: workflow.version,
    title: workflow.title,
    description: workflow.description,
    acceptedFormats: [...workflow.acceptedFormats],
    maxDocuments: workflow.maxDocuments,
    stages: workflow.stages.map(({ name, title }) => ({ name, title })),
    artifacts: workflow.artifacts.map((artifact) => artifact.name),
    paramsSchema: zod.toJSONSchema(workflow.params, { io: 'input' }),
  };
}
