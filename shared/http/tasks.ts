import { createRoute, z } from '@hono/zod-openapi';
import { QuireError } from '#shared/domain/errors.ts';
import { TaskId, type TenantId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type Task, taskStatuses } from '#shared/domain/task.ts';
import { ResumeRequest } from '#shared/steps/tasks/resume-task.ts';
import { viewTask } from '#shared/steps/tasks/view-task.ts';
import { type Api, createApi } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { problemResponses } from './problems.ts';
import { json, TaskBody, TaskRequestBody } from './schemas.ts';

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

  api.openapi(submit, async (context) => {
    const key = context.req.valid('header')['idempotency-key'];
    const { task, isNew } = await deps.submitTask({
      tenantId: context.var.tenantId,
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
    return context.json(view(await requireOwnTask(deps, context.var.tenantId, taskId)), 200);
  });

  api.openapi(cancel, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    return context.json(view(await deps.cancelTask(task)), 200);
  });

  api.openapi(resume, async (context) => {
    const { taskId } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    const text = await context.req.text();
    const resumed = await deps.resumeTask(task, text === '' ? {} : JSON.parse(text));
    return context.json(view(resumed), 202);
  });

  api.openapi(artifact, async (context) => {
    const { taskId, name } = context.req.valid('param');
    const task = await requireOwnTask(deps, context.var.tenantId, taskId);
    return await download(deps, task, name);
  });

  return api;
}

/** Somebody else's task is not there: the answer is the same, so that ids tell nothing. */
async function requireOwnTask(
  deps: ApiDependencies,
  tenantId: TenantId,
  id: string,
): Promise<Task> {
  const taskId = TaskId.safeParse(id).data;
  const task = taskId === undefined ? undefined : await deps.tasks.get(taskId);
  if (task !== undefined && task.tenantId === tenantId) return task;
  throw new QuireError(
    'task_not_found',
    'Expected the id of a task, found none with the given one.',
  );
}

async function download(deps: ApiDependencies, task: Task, name: string): Promise<Response> {
  const artifacts = isEnded(task) && 'artifacts' in task ? task.artifacts : [];
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
