import { createRoute, z } from '@hono/zod-openapi';
import type { Task } from '#shared/domain/task.ts';
import { viewCallback } from '#shared/steps/tasks/view-callback.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { requireOwnTask } from './own-task.ts';
import { problemResponses } from './problems.ts';
import { CallbackBody, json } from './schemas.ts';

const secret = createRoute({
  method: 'get',
  path: '/v1/callbacks/secret',
  summary: 'What completion webhooks are signed with (Standard Webhooks)',
  responses: {
    200: json(z.object({ secret: z.string() }), '`whsec_` and 32 bytes in base64'),
    ...problemResponses(),
  },
});

const replay = createRoute({
  method: 'post',
  path: '/v1/tasks/{taskId}/callback/replay',
  summary: 'Deliver the callback of a task again, with the same webhook-id',
  request: { params: z.object({ taskId: z.string() }) },
  responses: {
    202: json(z.object({ callback: CallbackBody }), 'It is due'),
    ...problemResponses('task_not_found', 'callback_not_found'),
  },
});

export function callbackRoutes(deps: ApiDependencies): Api {
  const api = createApi();
  api.openapi(secret, async (context) => {
    context.header('Cache-Control', 'no-store');
    return context.json({ secret: await deps.callbackSecrets.secretOf(context.var.tenantId) }, 200);
  });
  api.openapi(replay, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    return context.json({ callback: viewCallback(await deps.replayCallback(task)) }, 202);
  });
  return api;
}

/** How far the callback of a task has come: a field of its view, where there is one. */
export async function callbackIn(deps: ApiDependencies, task: Task) {
  if (task.options.callbackUrl === undefined) return {};
  const callback = await deps.callbackOf({ taskId: task.taskId, run: task.run });
  return callback === undefined ? {} : { callback: viewCallback(callback) };
}
