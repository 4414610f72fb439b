import type { Message, StartedAttempt } from '#shared/domain/call.ts';
import { worstCaseCost } from '#shared/domain/cost.ts';
import { type ErrorCode, QuireError } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import { maxTokens } from '#shared/domain/tokens.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelReply,
  PendingReply,
} from '#shared/ports/language-model.ts';
import { endedAttempt } from './book-attempt.ts';
import type { Ask, CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';
import { reserveFor, settleFor } from './purse.ts';
import { reportAttempt } from './report-attempt.ts';
import { longestWaitInMs } from './wait.ts';

export type AttemptResult =
  | { readonly kind: 'answered'; readonly attemptId: AttemptId; readonly answer: ModelAnswer }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryAfterInMs: number | undefined;
    }
  /** Its provider will announce the answer; the attempt stays open, with its reservation. */
  | { readonly kind: 'pending'; readonly attemptId: AttemptId; readonly askedAtInMs: number }
  /** The budget does not cover the worst case. */
  | { readonly kind: 'unaffordable' }
  /** The task has ended or another run has it: nothing more may be asked (I10). */
  | { readonly kind: 'stopped' }
  /** There is not enough time left to start. */
  | { readonly kind: 'too-late' }
  /** The account is paused for longer than a worker waits. */
  | { readonly kind: 'paused'; readonly untilInMs: number };

/** A call on its way to one provider. */
export interface AttemptedCall extends PlannedCall {
  readonly model: LanguageModel;
  /** What was wrong with an answer, for the ledger; `undefined` for one that is accepted. */
  readonly faultOf: (answer: ModelAnswer) => ErrorCode | undefined;
  /** What came before this try. */
  readonly before: { readonly rejections: number; readonly tries: number };
}

/** Upper bound of a question's tokens. */
export function inputTokensOf(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + maxTokens(message.content), 0);
}

/**
 * One try at one provider: a slot, the gate, the worst case reserved, a row in the ledger, the question, what it cost. Whatever happens,
 * money that may have been spent is in the ledger (I5) and money that was not spent is given back.
 */
export function createAttempt(ports: CallLayerPorts) {
  return async (call: AttemptedCall, ask: Ask, context: WorkerContext): Promise<AttemptResult> => {
    const { model } = call;
    const { limits, name } = model.profile;
    const untilInMs = context.deadlineAtInMs - ports.settings.longestCallInMs;
    if (ports.clock.now() > untilInMs) return { kind: 'too-late' };
    const { signal } = context;
    const slot = await ports.slots.acquire(name, { limits, untilInMs, signal });
    if (slot === undefined) return { kind: 'too-late' };
    try {
      return await startAttempt(ports, { call, ask }, { ...context, untilInMs });
    } finally {
      await slot.leave();
    }
  };
}

async function startAttempt(
  ports: CallLayerPorts,
  { call, ask }: { call: AttemptedCall; ask: Ask },
  context: WorkerContext & { readonly untilInMs: number },
): Promise<AttemptResult> {
  const { task, model } = call;
  const { profile } = model;
  const inputTokens = inputTokensOf(ask.messages) + profile.hiddenPromptTokens;
  const maxOutputTokens = Math.min(ask.maxOutputTokens, profile.maxOutputTokens);
  const reservedInMicroUsd = worstCaseCost({ inputTokens, maxOutputTokens }, profile.price);

  // The gate first: what is reserved after the wait cannot have been cancelled during it (I10).
  const tokens = inputTokens + maxOutputTokens;
  const obstacle = await passGate(ports, model, { tokens, context });
  if (obstacle !== undefined) return obstacle;

  const reservation = await reserveFor(ports.tasks, task, reservedInMicroUsd);
  if (reservation === 'budget_exceeded') return { kind: 'unaffordable' };
  if (reservation === 'stopped') return { kind: 'stopped' };
  const started = newAttempt(ports, call, { reservedInMicroUsd, maxOutputTokens });
  await ports.ledger.start(started);
  const question = { started, ask: { ...ask, maxOutputTokens }, isResent: false };
  return await askAndBook(ports, { call, question }, context.signal);
}

/** Waits until the account's rate admits the request; where that is too late, what stands in the way. */
async function passGate(
  ports: CallLayerPorts,
  model: LanguageModel,
  request: { tokens: number; context: WorkerContext & { readonly untilInMs: number } },
): Promise<Extract<AttemptResult, { kind: 'too-late' | 'paused' }> | undefined> {
  const { limits, name } = model.profile;
  const { tokens, context } = request;
  const nowInMs = ports.clock.now();
  const admission = await ports.gate.admit(name, {
    limits,
    nowInMs,
    tokens,
    longestPauseInMs: longestWaitInMs,
  });
  if (!admission.isAdmitted) return { kind: 'paused', untilInMs: admission.pausedUntilInMs };
  const { startAtInMs } = admission;
  if (startAtInMs > context.untilInMs) return { kind: 'too-late' };
  if (startAtInMs > nowInMs) await ports.clock.sleep(startAtInMs - nowInMs, context.signal);
  return undefined;
}

function newAttempt(
  ports: CallLayerPorts,
  { task, spec, model, before }: AttemptedCall,
  { reservedInMicroUsd, maxOutputTokens }: { reservedInMicroUsd: number; maxOutputTokens: number },
): StartedAttempt {
  return {
    state: 'started',
    attemptId: ports.ids.attemptId(),
    requestId: ports.ids.requestId(),
    taskId: task.taskId,
    tenantId: task.tenantId,
    workflowId: task.workflowId,
    callId: spec.callId,
    run: task.run,
    provider: model.profile.name,
    modelAsked: model.profile.modelId,
    priceAsOf: model.profile.price.asOf,
    ...(task.options.webSearch === true ? { isWebSearch: true } : {}),
    startedAtInMs: ports.clock.now(),
    reservedInMicroUsd,
    ...(model.profile.knowsRepeats ? { before: { ...before, maxOutputTokens } } : {}),
  };
}

/** What is sent under an attempt. */
export interface AttemptQuestion {
  readonly started: StartedAttempt;
  readonly ask: Ask;
  /** Another worker has sent it, and died before it could book the answer. */
  readonly isResent: boolean;
  /** The provider was known to have it when that worker left it. */
  readonly isAccepted?: boolean;
}

/** Asks under a row of the ledger that is there already, and completes the row, unless the answer is still to come. */
export async function askAndBook(
  ports: CallLayerPorts,
  { call, question }: { call: AttemptedCall; question: AttemptQuestion },
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { started, ask } = question;
  const askedAtInMs = ports.clock.now();
  const asked = await askModel(ports, { call, question }, signal);
  const reply = 'isPending' in asked ? overdue(ports, started) : asked;
  if (reply === undefined) return { kind: 'pending', attemptId: started.attemptId, askedAtInMs };
  const fault = reply.isAnswer ? call.faultOf(reply.answer) : reply.failure.error.code;
  const ended = endedAttempt({
    started,
    reply,
    outcome: fault ?? 'accepted',
    ask,
    profile: call.model.profile,
    nowInMs: ports.clock.now(),
  });
  await ports.ledger.end(ended);
  reportAttempt(ports, ended);
  await settleFor(ports.tasks, call.task, {
    reservedInMicroUsd: started.reservedInMicroUsd,
    costInMicroUsd: ended.costInMicroUsd,
  });
  if (ended.isOtherModel === true) {
    const { taskId, callId, provider } = started;
    ports.logger.warn('other-model-answered', { taskId, callId, provider });
  }
  if (reply.isAnswer)
    return { kind: 'answered', attemptId: started.attemptId, answer: reply.answer };
  const { error, retryAfterInMs } = reply.failure;
  return { kind: 'failed', code: error.code, message: error.message, retryAfterInMs };
}

async function askModel(
  ports: CallLayerPorts,
  { call, question }: { call: AttemptedCall; question: AttemptQuestion },
  signal: AbortSignal,
): Promise<ModelReply | PendingReply> {
  const { model, spec, task } = call;
  const { started, ask, isResent, isAccepted } = question;
  // Only an attempt that can be taken over by its id can be left alone.
  const callbackUrl = model.profile.knowsRepeats ? await ports.callbackUrlOf?.(started) : undefined;
  return await model.ask(
    {
      attemptId: started.attemptId,
      requestId: started.requestId ?? ports.ids.requestId(),
      isResent,
      ...(isAccepted === undefined ? {} : { isAccepted }),
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
      messages: ask.messages,
      maxOutputTokens: ask.maxOutputTokens,
      temperature: spec.temperature,
      webSearch: task.options.webSearch,
      masksSensitiveInfo: task.options.maskSensitiveInfo,
    },
    signal,
  );
}

/** The failure of an attempt whose answer nobody waits for any longer; the provider may charge for it all the same. */
function overdue(
  { clock, settings }: Pick<CallLayerPorts, 'clock' | 'settings'>,
  { startedAtInMs }: StartedAttempt,
): ModelReply | undefined {
  if (clock.now() - startedAtInMs < settings.longestDeliveryInMs) return undefined;
  const error = new QuireError(
    'model_timeout',
    'Expected the answer that the provider was to deliver; it has not come, and is given up.',
  );
  const failure = { error, usage: {}, isPossiblyBilled: true, retryAfterInMs: undefined };
  return { isAnswer: false, failure };
}
