import type { IncomingHttpHeaders } from 'node:http';
import type { FaultName } from '../fault-names.ts';
import { countsAsCompleted } from '../fault-names.ts';
import type { Outcome } from '../report.ts';
import { type Completion, completeQuestion } from './completion.ts';
import {
  drawFault,
  drawLatency,
  type Exchange,
  type Handler,
  readBody,
  type SimulatorContext,
  waitFor,
} from './context.ts';
import { deliver, jsonPayload, type Payload, streamHeaders } from './delivery.ts';
import { type Failure, failureOf, rawReplies } from './failures.ts';
import type { Profile, Question, ServiceName } from './question.ts';
import { shapeOf } from './shape.ts';
import type { WireForm } from './wire-form.ts';

/** A request as a provider's reader gets it. */
export interface ArrivedQuestion {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly params: Readonly<Record<string, string>>;
  readonly profile: Profile;
  /** The how-manieth question of the server it is. */
  readonly arrival: number;
  readonly createdInSeconds: number;
}

/** Checks a request as the provider would, and says how its answer is written. */
export type ReadQuestion =
  | { readonly isValid: true; readonly form: WireForm; readonly question: Question }
  | { readonly isValid: false; readonly form: WireForm; readonly failure: Failure };

export type QuestionReader = (arrived: ArrivedQuestion) => ReadQuestion;

/** A route on which one request is one question. */
export function createQuestionHandler(
  context: SimulatorContext,
  provider: ServiceName,
  read: QuestionReader,
): Handler {
  return async (exchange) => {
    const fault = drawFault(context, provider);
    exchange.note.provider = provider;
    exchange.note.fault = fault;
    const arrival = context.nextArrival();
    context.recorder.begin(provider);
    let outcome: Outcome = { kind: 'aborted' };
    try {
      outcome = await answer({ exchange, provider, drawn: fault, arrival, read }, context);
    } finally {
      context.recorder.end(provider, outcome);
    }
  };
}

interface Arrival {
  readonly exchange: Exchange;
  readonly provider: ServiceName;
  readonly drawn: FaultName | undefined;
  readonly arrival: number;
  readonly read: QuestionReader;
}

async function answer(arrived: Arrival, context: SimulatorContext): Promise<Outcome> {
  const { exchange, provider, arrival } = arrived;
  const { request, response, params } = exchange;
  const { profile, clock, recorder } = context;
  const body = await readBody(request);
  if (body === undefined) return { kind: 'aborted' };
  const fault = arrived.drawn ?? context.faults.inWords({ provider, body });
  exchange.note.fault = fault;
  const createdInSeconds = Math.floor(clock.now() / 1_000);
  const read = arrived.read({
    headers: request.headers,
    body,
    params,
    profile,
    arrival,
    createdInSeconds,
  });
  if (!read.isValid) {
    await deliver(response, failurePayload(read.form, read.failure), { fault: undefined, clock });
    return { kind: 'refused', violation: `${read.failure.status} ${read.failure.message}` };
  }
  const completion = completeQuestion(read.question, {
    fault,
    profile,
    thinkingTokens: context.thinkingTokens,
  });
  recorder.name(completion.prompt);
  tellLie(context, read.question, { fault, completion });
  await waitFor(drawLatency(context), context, response);
  if (response.destroyed) return { kind: 'aborted' };

  const payload =
    refusalPayload(read, { fault, nowInMs: clock.now() }) ??
    answerPayload(read, completion, { ...context, fault, arrival });
  await deliver(response, payload, { fault, clock });
  if (!countsAsCompleted(fault)) return { kind: 'faulted' };
  return { kind: 'completed', prompt: completion.prompt, messages: read.question.messages };
}

function tellLie(
  { onLie }: SimulatorContext,
  { messages }: Question,
  { fault, completion }: { fault: FaultName | undefined; completion: Completion },
): void {
  const { prompt, honestContent: honest, content: told } = completion;
  if (fault !== undefined && honest !== undefined) onLie({ fault, prompt, messages, honest, told });
}

type ValidQuestion = ReadQuestion & { readonly isValid: true };

function refusalPayload(
  { form, question }: ValidQuestion,
  { fault, nowInMs }: { fault: FaultName | undefined; nowInMs: number },
): Payload | undefined {
  const raw = fault === undefined ? undefined : rawReplies[fault];
  if (raw !== undefined) {
    return { status: raw.status, headers: { 'content-type': raw.contentType }, pieces: [raw.body] };
  }
  const failure = failureOf(fault, nowInMs);
  if (failure === undefined) return undefined;
  // The oldest of these faults stays as it was: a JSON body whatever was asked for.
  const isInStream = question.isStreaming && failure.status === 200 && fault !== 'base-resp';
  if (!isInStream) return failurePayload(form, failure);
  const headers = { ...form.headers, ...streamHeaders };
  return { status: 200, headers, pieces: form.failureFrames(failure) };
}

function failurePayload(form: WireForm, failure: Failure): Payload {
  const { status, body } = form.failure(failure);
  return jsonPayload(status, body, { ...form.headers, ...failure.headers });
}

function answerPayload(
  { form, question }: ValidQuestion,
  completion: Completion,
  options: Parameters<typeof shapeOf>[0],
): Payload {
  const shape = shapeOf(options);
  const isForgotten = shape.isObserved && form.isJsonAtTimes === true && options.arrival % 3 === 0;
  if (!question.isStreaming || shape.isJsonForStream || isForgotten) {
    return jsonPayload(200, form.body(completion, shape), form.headers);
  }
  const headers = { ...form.headers, ...streamHeaders };
  return { status: 200, headers, pieces: form.frames(completion, shape) };
}
