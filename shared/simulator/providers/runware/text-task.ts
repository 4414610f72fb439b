import { type Completion, completeQuestion } from '../../core/completion.ts';
import { drawFault, drawLatency, type SimulatorContext } from '../../core/context.ts';
import {
  contextExceeded,
  type Failure,
  failureOf,
  type RawReply,
  rawReplies,
} from '../../core/failures.ts';
import type { Question, ServiceName } from '../../core/question.ts';
import { shapeOf } from '../../core/shape.ts';
import { dataFrame, doneFrame } from '../../core/wire-form.ts';
import { estimateTokens } from '../../estimate-tokens.ts';
import { countsAsCompleted, type FaultName } from '../../fault-names.ts';
import type { Outcome } from '../../report.ts';
import type { AcceptedTasks } from './accepted-tasks.ts';
import { schemaErrors, type TaskError, taskError } from './errors.ts';
import { resultFrames, resultItems } from './results.ts';
import { type AnyTask, TextInference } from './task-schema.ts';
import type { Announcement } from './webhooks.ts';

/** What one task of a request comes to. */
export interface TaskReply {
  readonly data: readonly object[];
  readonly errors: readonly TaskError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of everything else. */
  readonly raw?: RawReply;
  readonly frames?: readonly string[];
  readonly isStreaming: boolean;
  readonly fault: FaultName | undefined;
  readonly durationInMs: number;
  readonly outcome: Outcome;
  readonly announcement?: Announcement | undefined;
}

export interface TextTaskContext extends SimulatorContext {
  readonly accepted: AcceptedTasks;
}

const contextTokens = 204_800;

export function serviceOf(task: AnyTask): ServiceName {
  return task.model === 'minimax:m2.7@highspeed' ? 'runware-highspeed' : 'runware';
}

/** Takes on a `textInference` task, as far as it is valid and nothing goes wrong on purpose. */
export function runTextTask(input: AnyTask, context: TextTaskContext): TaskReply {
  const provider = serviceOf(input);
  const fault =
    drawFault(context, provider) ??
    context.faults.inWords({ provider, body: JSON.stringify(input) });
  const isStreaming = input.deliveryMethod === 'stream';
  const base = { data: [], errors: [], isStreaming, durationInMs: 0, fault: undefined };
  const parsed = TextInference.safeParse(input);
  if (!parsed.success) return refused(base, schemaErrors(parsed.error.issues, input));
  const task = parsed.data;
  const question = questionOf(task);
  const problem = problemOf(task, question);
  if (problem !== undefined) return refused(base, [taskError(problem, task)]);

  const faulted = { ...base, fault, outcome: { kind: 'faulted' } } as const;
  const raw = fault === undefined ? undefined : rawReplies[fault];
  if (raw !== undefined) return { ...faulted, raw };
  const failure = failureOf(fault, context.clock.now());
  if (failure !== undefined && !isAcceptedFirst(task, failure)) {
    return refuse(task, failure, faulted);
  }
  // Nobody has read the request.
  if (fault === 'reset') return faulted;
  if (context.accepted.has(task.taskUUID)) {
    const errors = [taskError(conflict, task)];
    const outcome: Outcome = countsAsCompleted(fault) ? { kind: 'conflict' } : { kind: 'faulted' };
    return { ...base, errors, fault, outcome };
  }
  return accept({ task, question, fault, failure }, context);
}

type BaseReply = Omit<TaskReply, 'outcome'>;

const conflict: Failure = {
  kind: 'conflict',
  status: 400,
  message: 'A task with this taskUUID was accepted before',
  parameter: 'taskUUID',
};

function refused(base: BaseReply, errors: readonly TaskError[]): TaskReply {
  const [first] = errors;
  const violation = `${first?.status ?? 400} ${first?.body.code} ${first?.body.message}`;
  return { ...base, errors, outcome: { kind: 'refused', violation } };
}

function problemOf(task: TextInference, question: Question): Failure | undefined {
  if (question.promptTokens > contextTokens) return contextExceeded();
  if (task.deliveryMethod !== 'stream' || task.numberResults === 1) return undefined;
  return {
    kind: 'bad-request',
    status: 400,
    message: 'A stream has one result',
    parameter: ['deliveryMethod', 'numberResults'],
  };
}

function questionOf(task: TextInference): Question {
  const { systemPrompt, maxTokens } = task.settings;
  const system = systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }];
  const messages = [...system, ...task.messages];
  return {
    messages,
    maxTokens,
    isStreaming: task.deliveryMethod === 'stream',
    includesUsage: task.includeUsage,
    promptTokens: estimateTokens(messages.map(({ content }) => content).join('\n')),
  };
}

/** What goes wrong behind the gateway is told when the result of an asynchronous task is fetched. */
function isAcceptedFirst(task: TextInference, failure: Failure): boolean {
  return task.deliveryMethod === 'async' && failure.status === 200;
}

function refuse(
  task: TextInference,
  failure: Failure,
  base: BaseReply & { outcome: Outcome },
): TaskReply {
  const error = taskError(failure, task);
  const { headers } = failure;
  const isInStream = base.isStreaming && error.status === 200;
  const frames = isInStream ? [dataFrame({ errors: [error.body] }), doneFrame] : undefined;
  return { ...base, errors: [error], ...(headers && { headers }), ...(frames && { frames }) };
}

interface Acceptance {
  readonly task: TextInference;
  readonly question: Question;
  readonly fault: FaultName | undefined;
  readonly failure: Failure | undefined;
}

function accept(acceptance: Acceptance, context: TextTaskContext): TaskReply {
  const { task, question, fault, failure } = acceptance;
  const { recorder, clock, profile, accepted, thinking } = context;
  const completion = completeQuestion(question, { fault, profile });
  recorder.name(completion.prompt);
  const shape = shapeOf({ fault, profile, thinking, arrival: context.nextArrival() });
  const data = resultItems(task, completion, shape);
  const latencyInMs = drawLatency(context);
  const durationInMs = fault === 'webhook-early' ? 0 : latencyInMs;
  const outcome = outcomeOf(acceptance, completion);
  const payment = { messages: question.messages, paymentId: task.taskUUID };
  const isAsync = task.deliveryMethod === 'async';
  const errors = failure === undefined ? [] : [taskError(failure, task).body];
  accepted.accept(
    task.taskUUID,
    {
      provider: serviceOf(task),
      data: failure === undefined ? data : [],
      errors,
      readyAtInMs: clock.now() + durationInMs,
      // A good answer that has not come by itself counts as paid for when it is found.
      ...(isRecoverable(fault) && { onFetched: () => recorder.pay(payment) }),
    },
    // Who is told when it is done need not ask before.
    { isAsync: isAsync && task.webhookURL === undefined },
  );
  const items = failure === undefined ? data : errors;
  const ack = { taskType: task.taskType, taskUUID: task.taskUUID };
  return {
    data: isAsync ? [ack] : data,
    errors: [],
    isStreaming: question.isStreaming,
    ...(question.isStreaming &&
      !shape.isJsonForStream && { frames: resultFrames(task, completion, shape) }),
    fault,
    durationInMs: isAsync ? 0 : durationInMs,
    outcome,
    ...(isAsync &&
      task.webhookURL !== undefined && {
        announcement: { url: task.webhookURL, items, fault, durationInMs },
      }),
  };
}

const brokenConnections: readonly (FaultName | undefined)[] = [
  'no-first-byte',
  'reset-after-headers',
  'reset-mid-body',
  'cut-stream',
  'hang',
  'drip',
  'no-finish',
];

function isRecoverable(fault: FaultName | undefined): boolean {
  return countsAsCompleted(fault) || brokenConnections.includes(fault);
}

function outcomeOf({ task, question, fault }: Acceptance, { prompt }: Completion): Outcome {
  const payment = { messages: question.messages, paymentId: task.taskUUID };
  if (countsAsCompleted(fault)) return { kind: 'completed', prompt, ...payment };
  return { kind: 'faulted', ...(fault === 'lost-response' && { paid: payment }) };
}
