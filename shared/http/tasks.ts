import { createRoute, z } from '@hono/zod-openapi';
import { QuireError } from '#shared/domain/errors.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { type Task, taskStatuses } from '#shared/domain/task.ts';
import { childrenOf } from '#shared/steps/tasks/children-of.ts';
import { ApprovalRequest } from '#shared/steps/tasks/decide-approval.ts';
import { ResumeRequest } from '#shared/steps/tasks/resume-task.ts';
import { artifactsOf, viewTask } from '#shared/steps/tasks/view-task.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { requireOwnTask } from './own-task.ts';
import { problemResponses } from './problems.ts';
import { json, TaskBody, TaskRequestBody } from './schemas.ts';
import { callbackIn } from './task-callbacks.ts';

const idempotencyKey = z.string().min(1).max(255).optional().openapi({
  description: 'The same key and body give the same task, however often they are sent',
});
const taskParams = z.object({ taskId: z.string() });

const submit = createRoute({
  method: 'post',
  path: '/v1/tasks',
  summary: 'Submit a task',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKey }),
    body: { required: true, content: { 'application/json': { schema: TaskRequestBody } } },
  },
  responses: {
    202: json(TaskBody, 'Accepted; `Location` names the task'),
    ...problemResponses(
      'invalid_request',
      'workflow_not_found',
      'upload_incomplete',
      'upload_expired',
      'idempotency_conflict',
      'invalid_params',
      'file_too_large',
      'empty_file',
      'url_forbidden',
      'url_unreachable',
    ),
  },
});

const list = createRoute({
  method: 'get',
  path: '/v1/tasks',
  summary: 'List tasks, newest first',
  request: {
    query: z.object({
      status: z.enum(taskStatuses).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(2_000).optional(),
    }),
  },
  responses: {
    200: json(
      z.object({ tasks: z.array(TaskBody), cursor: z.string().optional() }),
      'A page of tasks',
    ),
    ...problemResponses('invalid_request'),
  },
});

const get = createRoute({
  method: 'get',
  path: '/v1/tasks/{taskId}',
  summary: 'Stage, progress, timeline, usage, coverage and artifacts of a task',
  request: { params: taskParams },
  responses: { 200: json(TaskBody, 'The task'), ...problemResponses('task_not_found') },
});

const cancel = createRoute({
  method: 'post',
  path: '/v1/tasks/{taskId}/cancel',
  summary: 'Cancel a task; no new call starts after the answer',
  request: { params: taskParams },
  responses: {
    200: json(TaskBody, 'The cancelled task'),
    ...problemResponses('task_not_found', 'task_already_ended'),
  },
});

const resume = createRoute({
  method: 'post',
  path: '/v1/tasks/{taskId}/resume',
  summary:
    'Go on with a task that ended before it was whole; only what is missing is asked and paid',
  request: {
    params: taskParams,
    body: { required: false, content: { 'application/json': { schema: ResumeRequest } } },
  },
  responses: {
    202: json(TaskBody, 'The task, queued again'),
    ...problemResponses('invalid_request', 'task_not_found', 'task_not_resumable'),
  },
});

const approve = createRoute({
  method: 'post',
  path: '/v1/tasks/{taskId}/approval',
  summary:
    'Approve or reject the plan or the draft that the task waits with; the first decision counts',
  request: {
    params: taskParams,
    body: { required: true, content: { 'application/json': { schema: ApprovalRequest } } },
  },
  responses: {
    200: json(TaskBody, 'The task, which goes on or ends as decided'),
    ...problemResponses(
      'invalid_request',
      'task_not_found',
      'approval_not_open',
      'invalid_params',
      'budget_exceeded',
    ),
  },
});

const artifact = createRoute({
  method: 'get',
  path: '/v1/tasks/{taskId}/artifacts/{name}',
  summary: 'Download an artifact',
  request: { params: taskParams.extend({ name: z.string() }) },
  responses: {
    200: {
      description: 'The file',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    302: { description: 'Where the file is, for files that an answer cannot carry' },
    ...problemResponses('task_not_found', 'artifact_not_found'),
  },
});

export function taskRoutes(deps: ApiDependencies): Api {
  const api = createApi();
  const view = (task: Task) => viewTask(task, deps.providers) as z.infer<typeof TaskBody>;
  const viewWithChildren = async (task: Task) => {
    const children = await childrenOf(deps.tasks, task);
    return viewTask(task, { ...deps.providers, children }) as z.infer<typeof TaskBody>;
  };

  api.openapi(submit, async (context) => {
    const key = context.req.valid('header')['idempotency-key'];
    const { task, isNew } = await deps.submitTask({
      tenantId: context.var.tenantId,
      keyId: context.var.caller.keyId,
      // As it came: unknown fields are named by the use case, not dropped by the schema of the documentation.
      request: await context.req.json(),
      ...(key === undefined ? {} : { idempotencyKey: key }),
      traceId: context.var.traceId,
    });
    context.header('Location', `/v1/tasks/${task.taskId}`);
    if (!isNew) context.header('Idempotent-Replayed', 'true');
    return context.json(view(task), 202);
  });

  api.openapi(list, async (context) => {
    const { status, limit, cursor } = context.req.valid('query');
    const page = await deps.tasks.list({
      tenantId: context.var.tenantId,
      limit,
      ...(status === undefined ? {} : { status }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const next = page.cursor === undefined ? {} : { cursor: page.cursor };
    return context.json({ tasks: page.tasks.map(view), ...next }, 200);
  });

  api.openapi(get, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    const shown = { ...(await viewWithChildren(task)), ...(await callbackIn(deps, task)) };
    return context.json(shown, 200);
  });

  api.openapi(cancel, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    return context.json(await viewWithChildren(await deps.cancelTask(task)), 200);
  });

  api.openapi(resume, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    const text = await context.req.text();
    const resumed = await deps.resumeTask(task, text === '' ? {} : JSON.parse(text));
    return context.json(view(resumed), 202);
  });

  api.openapi(approve, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    const decided = await deps.decideApproval(task, await context.req.json());
    return context.json(view(decided), 200);
  });

  api.openapi(artifact, async (context) => {
    const { taskId, name } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    return await download(deps, task, name);
  });

  return api;
}

async function download(deps: ApiDependencies, task: Task, name: string): Promise<Response> {
  const artifacts = artifactsOf(task);
  const known = artifacts.find((each) => each.name === name);
  const key = objectKeys.artifact(task.taskId, name);
  if (known !== undefined && deps.downloadUrl !== undefined) {
    return new Response(null, {
      status: 302,
      headers: { location: await deps.downloadUrl(key, name) },
    });
  }
  const bytes = known === undefined ? undefined : await deps.objects.get(key);
  if (known === undefined || bytes === undefined) {
    throw new QuireError(
      'artifact_not_found',
      'Expected the name of an artifact of the task, found none with the given one.',
      {
        details: { taskId: task.taskId, artifacts: artifacts.map((each) => each.name) },
      },
    );
  }
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': known.contentType,
      'content-disposition': `attachment; filename="${known.name}"`,
      'x-content-type-options': 'nosniff',
    },
  });
}
