import { createHash } from 'node:crypto';
import { defaultBudgetInMicroUsd, openBudget } from '#shared/domain/budget.ts';
import { microUsdOf } from '#shared/domain/cost.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { TaskId, TenantId } from '#shared/domain/ids.ts';
import { defaultDeadlineInMinutes } from '#shared/domain/limits.ts';
import {
  isEnded,
  type QueuedTask,
  type StoredInput,
  type Task,
  type TaskOrigin,
  type TaskRequest,
} from '#shared/domain/task.ts';
import type { Allowance } from '#shared/ports/allowances.ts';
import type { CallbackSender } from '#shared/ports/callback-sender.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Metrics } from '#shared/ports/metrics.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { UrlFetcher } from '#shared/ports/url-fetcher.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import type { FindWorkflow } from '../task-state.ts';
import type { Tell } from '../tell.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkInputs } from './check-inputs.ts';
import { parseParams, parseRequest } from './parse-request.ts';
import { allowancesOf, giveBackToAll, type Spending, takeFromAll, unknownKey } from './spending.ts';
import { storeInputs } from './store-inputs.ts';

export interface SubmitTaskPorts {
  readonly tasks: TaskStore;
  readonly objects: ObjectStore;
  readonly engine: WorkflowEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly urls: UrlFetcher;
  readonly callbackSender: Pick<CallbackSender, 'check'>;
  readonly tell: Tell;
  readonly findWorkflow: FindWorkflow;
  readonly defaultBudgetInMicroUsd?: number;
  /** For the files of a submission that are named by URL, together; where the platform waits less than usual. */
  readonly urlTimeoutInMs?: number;
  /** Where the deployment limits what may be spent in a month. */
  readonly spending?: Spending | undefined;
  readonly metrics?: Metrics | undefined;
  /** The trace of the platform that is under way, where it keeps one. */
  readonly traceId?: () => string | undefined;
}

export interface Submission {
  readonly tenantId: TenantId;
  /** The body as it came; it is checked here. */
  readonly request: unknown;
  readonly idempotencyKey?: string;
  /** Names the API key, where there are several. */
  readonly keyId?: string;
  /** Where no caller of the API submits it. */
  readonly origin?: TaskOrigin | undefined;
  /** The caller's own trace. */
  readonly traceId?: string | undefined;
}

export type SubmitTask = (
  submission: Submission,
) => Promise<{ readonly task: Task; readonly isNew: boolean }>;

/**
 * Takes a task in: checked, its files fetched or copied, stored, started — in this order, so that a crash between two steps leaves either nothing or
 * a task that recovery starts. The same key and body give the same task, however often and however parallel (I2).
 */
export function createSubmitTask(ports: SubmitTaskPorts): SubmitTask {
  return async ({ tenantId, request: body, idempotencyKey, keyId = unknownKey, ...from }) => {
    const request = parseRequest(body);
    const requestHash = hashOf(body, from.origin);
    const seed = idempotencyKey === undefined ? undefined : `${tenantId} ${idempotencyKey}`;
    const taskId = seed === undefined ? ports.ids.taskId() : ports.ids.taskIdFrom(seed);

    const known = seed === undefined ? undefined : await ports.tasks.get(taskId);
    if (known !== undefined) return await repeat(ports, known, requestHash);

    const workflow = requireKnownWorkflow(ports.findWorkflow, request.workflow);
    const params = parseParams(workflow, request.params);
    await checkCallbackUrl(ports, request);
    const inputs = await checkInputs(ports, { tenantId, workflow, inputs: request.inputs });
    const stored = await storeInputs(ports, taskId, inputs);
    const allowances = allowancesOf(ports.spending?.limits ?? {}, {
      keyId,
      nowInMs: ports.clock.now(),
    });
    const task = queuedTask(ports, {
      taskId,
      tenantId,
      request,
      requestHash,
      workflow,
      params,
      stored,
      keyId,
      allowances,
      origin: from.origin,
      traceId: ports.traceId?.() ?? from.traceId,
    });

    const created = await createWithin(ports, task, allowances);
    if (!created.isNew) return await repeat(ports, created.task, requestHash);
    await ports.engine.start({ taskId, workflowId: workflow.id, run: task.run });
    ports.logger.info('task-accepted', { taskId, tenantId, workflowId: workflow.id });
    await ports.tell(created.task, { kind: 'Accepted' });
    ports.metrics?.count('TasksAccepted', 1, { workflow: workflow.id });
    return created;
  };
}

/** A body is known by what it says; a file stays the same file when the settings beside it have changed since. */
function hashOf(body: unknown, origin: TaskOrigin | undefined): string {
  const identity = canonicalJson(origin?.kind === 'inbox' ? origin : body);
  return createHash('sha256').update(identity).digest('hex');
}

/** Before anything is stored: a URL that is never called is a fault of the request. */
async function checkCallbackUrl({ callbackSender }: SubmitTaskPorts, { options }: TaskRequest) {
  if (options.callbackUrl !== undefined) await callbackSender.check(options.callbackUrl);
}

/** Stores the task with its budget taken from the month's; where it is there already, what was taken goes back. */
async function createWithin(
  { tasks, spending }: SubmitTaskPorts,
  task: QueuedTask,
  wanted: readonly Allowance[],
) {
  if (spending === undefined) return await tasks.create(task);
  const { limitInMicroUsd } = task.budget;
  await takeFromAll(spending.allowances, wanted, limitInMicroUsd);
  const created = await tasks.create(task);
  if (!created.isNew) await giveBackToAll(spending.allowances, wanted, limitInMicroUsd);
  return created;
}

async function repeat(ports: SubmitTaskPorts, task: Task, requestHash: string) {
  if (task.requestHash !== requestHash) {
    throw new QuireError(
      'idempotency_conflict',
      'Expected the body that the idempotency key was first used with, got another one.',
      { details: { taskId: task.taskId } },
    );
  }
  // A task that was stored but never started, because its submitter's process died, starts now.
  if (!isEnded(task)) {
    await ports.engine.start({ taskId: task.taskId, workflowId: task.workflowId, run: task.run });
  }
  return { task, isNew: false };
}

/** The workflow of the id; `workflow_not_found` where there is none. */
export function requireKnownWorkflow(findWorkflow: FindWorkflow, id: string): Workflow {
  const workflow = findWorkflow(id);
  if (workflow !== undefined) return workflow;
  const shown = /^[\w-]{1,40}$/.test(id) ? `“${id}”` : 'another text';
  throw new QuireError(
    'workflow_not_found',
    `Expected the id of a workflow, got ${shown}. See GET /v1/workflows.`,
  );
}

/** A workflow may ask for a person by itself; what the submitter says of it counts. */
function optionsOf({ approval }: Workflow, { options }: TaskRequest): TaskRequest['options'] {
  return approval === undefined ? options : { approval, ...options };
}

function queuedTask(
  ports: SubmitTaskPorts,
  facts: {
    taskId: TaskId;
    tenantId: TenantId;
    request: TaskRequest;
    requestHash: string;
    workflow: Workflow;
    params: Record<string, unknown>;
    stored: StoredInput[];
    keyId: string;
    allowances: readonly Allowance[];
    origin: TaskOrigin | undefined;
    traceId: string | undefined;
  },
): QueuedTask {
  const { taskId, tenantId, request, requestHash, workflow, params, stored, keyId } = facts;
  const { budgetUsd, deadlineMinutes = defaultDeadlineInMinutes } = request.options;
  const nowInMs = ports.clock.now();
  const limitInMicroUsd =
    budgetUsd === undefined
      ? (ports.defaultBudgetInMicroUsd ?? defaultBudgetInMicroUsd)
      : microUsdOf(budgetUsd);
  return {
    status: 'QUEUED',
    taskId,
    tenantId,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    inputs: stored,
    params,
    options: optionsOf(workflow, request),
    requestHash,
    createdAtInMs: nowInMs,
    deadlineAtInMs: nowInMs + deadlineMinutes * 60_000,
    run: 1,
    budget: openBudget(limitInMicroUsd),
    allowances: facts.allowances.map(({ id }) => id),
    keyId,
    ...(facts.origin === undefined ? {} : { origin: facts.origin }),
    ...(facts.traceId === undefined ? {} : { traceId: facts.traceId }),
    callsPlanned: 0,
    callsEnded: 0,
    timeline: [{ atInMs: nowInMs, event: 'Accepted' }],
  };
}
