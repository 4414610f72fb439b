import type { EndedAttempt, Message, StartedAttempt } from '#shared/domain/call.ts';
import { costOf, worstCaseCost } from '#shared/domain/cost.ts';
import type { ErrorCode } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import { estimateTokens, maxTokens } from '#shared/domain/tokens.ts';
import type { LanguageModel, ModelAnswer, ModelReply } from '#shared/ports/language-model.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';

/** What is asked in one attempt. */
export interface Ask {
  readonly messages: readonly Message[];
  readonly maxOutputTokens: number;
}

export type AttemptResult =
  | { readonly kind: 'answered'; readonly attemptId: AttemptId; readonly answer: ModelAnswer }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryAfterInMs: number | undefined;
    }
  /** The budget does not cover the worst case. */
  | { readonly kind: 'unaffordable' }
  /** The task has ended or another run has it: nothing more may be asked (I10). */
  | { readonly kind: 'stopped' }
  /** There is not enough time left to start. */
  | { readonly kind: 'too-late' };

/**
 * One try at one provider: wait for the gate, reserve the worst case, note it in the ledger, ask, book what it cost. Whatever happens,
 * money that may have been spent is in the ledger (I5) and money that was not spent is given back.
 */
export function createAttempt(ports: CallLayerPorts) {
  return async (
    call: PlannedCall & { model: LanguageModel },
    ask: Ask,
    context: WorkerContext,
  ): Promise<AttemptResult> => {
    const { task, model } = call;
    const inputTokens = ask.messages.reduce((sum, message) => sum + maxTokens(message.content), 0);
    const maxOutputTokens = Math.min(ask.maxOutputTokens, model.profile.maxOutputTokens);
    const reservedInMicroUsd = worstCaseCost({ inputTokens, maxOutputTokens }, model.profile.price);

    // The gate first: what is reserved after the wait cannot have been cancelled during it (I10).
    const tokens = inputTokens + maxOutputTokens;
    if (!(await passGate(ports, model, { tokens, context }))) return { kind: 'too-late' };

    const change = { run: task.run, amountInMicroUsd: reservedInMicroUsd };
    const reservation = await ports.tasks.reserve(task.taskId, change);
    if (reservation === 'budget_exceeded') return { kind: 'unaffordable' };
    if (reservation === 'stopped') return { kind: 'stopped' };
    const started = startedAttempt(ports, call, reservedInMicroUsd);
    await ports.ledger.start(started);
    return await askAndBook(
      ports,
      { model, started, ask: { ...ask, maxOutputTokens } },
      { call, context },
    );
  };
}

/** Waits until the account's rate admits the request; `false` where that is too late for this worker. */
async function passGate(
  ports: CallLayerPorts,
  model: LanguageModel,
  { tokens, context }: { tokens: number; context: WorkerContext },
): Promise<boolean> {
  const { limits, name } = model.profile;
  const latestStart = context.deadlineAtInMs - ports.settings.longestCallInMs;
  const nowInMs = ports.clock.now();
  if (nowInMs > latestStart) return false;
  const { startAtInMs } = await ports.gate.admit(name, { limits, nowInMs, tokens });
  if (startAtInMs > latestStart) return false;
  if (startAtInMs > nowInMs) await ports.clock.sleep(startAtInMs - nowInMs, context.signal);
  return true;
}

function startedAttempt(
  ports: CallLayerPorts,
  { task, spec, model }: PlannedCall & { model: LanguageModel },
  reservedInMicroUsd: number,
): StartedAttempt {
  return {
    state: 'started',
    attemptId: ports.ids.attemptId(),
    taskId: task.taskId,
    tenantId: task.tenantId,
    workflowId: task.workflowId,
    callId: spec.callId,
    run: task.run,
    provider: model.profile.name,
    modelAsked: model.profile.modelId,
    startedAtInMs: ports.clock.now(),
    reservedInMicroUsd,
  };
}

async function askAndBook(
  ports: CallLayerPorts,
  { model, started, ask }: { model: LanguageModel; started: StartedAttempt; ask: Ask },
  { call, context }: { call: PlannedCall; context: WorkerContext },
): Promise<AttemptResult> {
  const question = {
    attemptId: started.attemptId,
    messages: ask.messages,
    maxOutputTokens: ask.maxOutputTokens,
    temperature: call.spec.temperature,
  };
  const reply = await model.ask(question, context.signal);
  const ended = endedAttempt({ started, reply, ask, model, nowInMs: ports.clock.now() });
  await ports.ledger.end(ended);
  await ports.tasks.settle(started.taskId, {
    reservedInMicroUsd: started.reservedInMicroUsd,
    costInMicroUsd: ended.costInMicroUsd,
  });
  if (reply.isAnswer)
    return { kind: 'answered', attemptId: started.attemptId, answer: reply.answer };
  const { error, retryAfterInMs } = reply.failure;
  return { kind: 'failed', code: error.code, message: error.message, retryAfterInMs };
}

/** The ledger row of an attempt that has ended. Where the provider says nothing of tokens, our own count stands in and is flagged. */
function endedAttempt(facts: {
  started: StartedAttempt;
  reply: ModelReply;
  ask: Ask;
  model: LanguageModel;
  nowInMs: number;
}): EndedAttempt {
  const { started, reply, model } = facts;
  const usage = reply.isAnswer ? reply.answer.usage : reply.failure.usage;
  const isPossiblyBilled = reply.isAnswer || reply.failure.isPossiblyBilled;
  const knownCost = costOf(usage, model.profile.price);
  const costInMicroUsd = isPossiblyBilled ? (knownCost ?? estimatedCost(facts)) : 0;
  return {
    ...started,
    state: 'ended',
    endedAtInMs: facts.nowInMs,
    outcome: reply.isAnswer ? 'accepted' : reply.failure.error.code,
    ...(reply.isAnswer && reply.answer.modelAnswered !== undefined
      ? { modelAnswered: reply.answer.modelAnswered }
      : {}),
    usage,
    costInMicroUsd,
    isEstimated: isPossiblyBilled && knownCost === undefined,
    isPossiblyBilled,
  };
}

function estimatedCost({ reply, ask, model, started }: Parameters<typeof endedAttempt>[0]): number {
  // Nothing is known of what a failed attempt has generated: the whole reservation is the safe figure.
  if (!reply.isAnswer) return started.reservedInMicroUsd;
  const inputTokens = ask.messages.reduce(
    (sum, message) => sum + estimateTokens(message.content),
    0,
  );
  const written = reply.answer.text.length + reply.answer.thinkingLength;
  const outputTokens = estimateTokens('x'.repeat(written));
  return Math.min(
    started.reservedInMicroUsd,
    worstCaseCost({ inputTokens, maxOutputTokens: outputTokens }, model.profile.price),
  );
}
