import {
  type Exchange,
  type Handler,
  parseJson,
  readBody,
  type SimulatorContext,
  waitFor,
} from '../../core/context.ts';
import { deliver, jsonPayload, type Payload, streamHeaders } from '../../core/delivery.ts';
import { badRequest, missingKey } from '../../core/failures.ts';
import { hasBearer } from '../../forms/chat/chat-request.ts';
import { createAcceptedTasks } from './accepted-tasks.ts';
import { schemaErrors, type TaskError, taskError } from './errors.ts';
import { AnyTask, Authentication, GetResponse } from './task-schema.ts';
import { runTextTask, serviceOf, type TaskReply, type TextTaskContext } from './text-task.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

export interface RunwareHandler {
  readonly handle: Handler;
  reset(): void;
}

/** `POST /v1` as Runware serves it: a list of tasks, each with its own fate. */
export function createRunwareHandler(context: SimulatorContext): RunwareHandler {
  const accepted = createAcceptedTasks();
  const taskContext = { ...context, accepted, webhooks: createWebhooks(context) };
  return {
    handle: (exchange) => handle(exchange, taskContext),
    reset() {
      accepted.reset();
      taskContext.webhooks.reset();
    },
  };
}

interface RunwareContext extends TextTaskContext {
  readonly webhooks: Webhooks;
}

async function handle(exchange: Exchange, context: RunwareContext): Promise<void> {
  const { request, response, note } = exchange;
  const body = await readBody(request);
  if (body === undefined) return;
  const opened = openRequest(parseJson(body), request.headers.authorization);
  note.provider = 'runware';
  if (!opened.isValid) {
    refuseRequest(exchange, opened.error, context);
    return;
  }
  const asked = opened.tasks.filter(({ taskType }) => taskType !== 'getResponse');
  for (const task of asked) context.recorder.begin(serviceOf(task));
  const replies = opened.tasks.map((task) =>
    runTask(task, { context, count: opened.tasks.length }),
  );
  const questions = replies.filter((_, index) => opened.tasks[index]?.taskType !== 'getResponse');
  const fault = questions.find((reply) => reply.fault !== undefined)?.fault;
  const [firstAsked] = asked;
  note.provider = firstAsked === undefined ? 'runware' : serviceOf(firstAsked);
  note.fault = fault;
  const durationInMs = Math.max(0, ...replies.map((reply) => reply.durationInMs));
  await waitFor(durationInMs, context, response);
  const announcements = replies.flatMap(({ announcement = [] }) => announcement);
  await Promise.all(announcements.map(context.webhooks.beforeReply));
  const isGone = response.destroyed;
  if (!isGone) await deliver(response, payloadOf(replies), { fault, clock: context.clock });
  for (const [index, reply] of questions.entries()) {
    const outcome = isGone && reply.outcome.kind !== 'refused' ? abortedOutcome : reply.outcome;
    context.recorder.end(serviceOf(asked[index] ?? {}), outcome);
  }
  for (const each of announcements) void context.webhooks.afterReply(each);
}

const abortedOutcome = { kind: 'aborted' } as const;

type OpenedRequest =
  | { readonly isValid: true; readonly tasks: readonly AnyTask[] }
  | { readonly isValid: false; readonly error: TaskError };

/** A list of tasks with a key, in the header or in front. */
function openRequest(body: unknown, authorization: string | undefined): OpenedRequest {
  const invalid = (error: TaskError) => ({ isValid: false, error }) as const;
  if (!Array.isArray(body)) return invalid(taskError(badRequest('Expected an array of tasks')));
  const hasFirst = AnyTask.safeParse(body[0]).data?.taskType === 'authentication';
  const hasKey = Authentication.safeParse(body[0]).success || hasBearer(authorization);
  if (!hasKey) return invalid(taskError(missingKey));
  const tasks = body.slice(hasFirst ? 1 : 0).map((task) => AnyTask.safeParse(task).data);
  if (tasks.length === 0) return invalid(taskError(badRequest('Expected at least one task')));
  const known = tasks.filter((task) => task !== undefined);
  if (known.length < tasks.length) {
    return invalid(taskError(badRequest('Expected every task to be an object')));
  }
  return { isValid: true, tasks: known };
}

function refuseRequest({ response }: Exchange, error: TaskError, context: SimulatorContext): void {
  const { recorder } = context;
  const { status, body } = error;
  recorder.begin('runware');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [body] }));
  const violation = `${status} ${body.code} ${body.message}`;
  recorder.end('runware', { kind: 'refused', violation });
}

function runTask(
  task: AnyTask,
  { context, count }: { context: TextTaskContext; count: number },
): TaskReply {
  if (task.taskType === 'getResponse') return pollTask(task, context);
  if (task.taskType === 'textInference' && (task.deliveryMethod !== 'stream' || count === 1)) {
    return runTextTask(task, context);
  }
  const isUnknown = task.taskType !== 'textInference';
  const message = isUnknown ? 'No such taskType' : 'A stream is the only task of its request';
  const parameter = isUnknown ? 'taskType' : 'deliveryMethod';
  const code = isUnknown ? 'invalidTaskType' : 'invalidDeliveryMethod';
  const error = taskError(badRequest(message, parameter), task);
  const outcome = { kind: 'refused', violation: `400 ${code} ${message}` } as const;
  return { ...emptyReply, errors: [{ ...error, body: { ...error.body, code } }], outcome };
}

const emptyReply = {
  data: [],
  errors: [],
  isStreaming: false,
  fault: undefined,
  durationInMs: 0,
  outcome: abortedOutcome,
} as const;

function pollTask(
  input: AnyTask,
  { accepted, recorder, clock, profile }: TextTaskContext,
): TaskReply {
  const parsed = GetResponse.safeParse(input);
  if (!parsed.success) {
    recorder.poll('runware');
    return { ...emptyReply, errors: schemaErrors(parsed.error.issues, input) };
  }
  const { taskUUID } = parsed.data;
  const state = accepted.poll(taskUUID, clock.now());
  recorder.poll(state.kind === 'unknown' ? 'runware' : state.task.provider);
  const named = { taskType: 'textInference', taskUUID };
  if (state.kind === 'unknown') {
    const error = {
      code: 'taskNotFound',
      message: 'No such task',
      parameter: 'taskUUID',
      ...named,
    };
    // Somebody has seen that nothing at all is said of a task that is not known.
    return { ...emptyReply, errors: profile === 'strict' ? [{ status: 404, body: error }] : [] };
  }
  if (state.kind === 'processing') {
    return { ...emptyReply, data: [{ ...named, status: 'processing' }] };
  }
  const { data, errors } = state.task;
  const failed = profile === 'observed' && errors.length > 0 ? [{ ...named, status: 'error' }] : [];
  return {
    ...emptyReply,
    data: [...data.map((item) => ({ ...item, status: 'success' })), ...failed],
    // The request itself has gone well.
    errors: errors.map((body) => ({ status: 200, body: body as TaskError['body'] })),
  };
}

function payloadOf(replies: readonly TaskReply[]): Payload {
  const raw = replies.find((reply) => reply.raw !== undefined)?.raw;
  if (raw !== undefined) {
    return { status: raw.status, headers: { 'content-type': raw.contentType }, pieces: [raw.body] };
  }
  const [only] = replies;
  if (only?.frames !== undefined) {
    return { status: 200, headers: streamHeaders, pieces: only.frames };
  }
  const data = replies.flatMap((reply) => reply.data);
  const errors = replies.flatMap((reply) => reply.errors);
  const headers = Object.assign({}, ...replies.map((reply) => reply.headers ?? {}));
  const [first] = errors;
  if (first === undefined) return jsonPayload(200, { data }, headers);
  const status = data.length > 0 ? 200 : first.status;
  const bodies = errors.map(({ body }) => body);
  return jsonPayload(status, errorBody({ data, errors: bodies }, only), headers);
}

/** The forms that the documents show: with `data`, without, and for a stream that does not begin, one error alone. */
function errorBody(
  { data, errors }: { data: readonly object[]; errors: readonly TaskError['body'][] },
  only: TaskReply | undefined,
): object {
  const [first] = errors;
  const isConflict = first?.code === 'conflictTaskUUID';
  if (data.length > 0 || isConflict) return { data, errors };
  if (only?.isStreaming !== true || first === undefined) return { errors };
  const { taskUUID, ...error } = first;
  return { error, taskUUID };
}
