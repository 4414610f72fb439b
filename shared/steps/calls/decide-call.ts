import { errorEntry, type Problem } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { LanguageModel, ModelAnswer } from '#shared/ports/language-model.ts';
import { afterFailure, createFailureMemory, type FailureMemory } from './after-failure.ts';
import { judgeAnswer, type Verdict } from './answer-ladder.ts';
import { type AttemptResult, askAndBook, createAttempt, inputTokensOf } from './attempt.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';
import type { CallProgress, Decision, Next } from './call-progress.ts';
import { reask, resultOf, unusable } from './conclude.ts';
import { reportHealth } from './health.ts';
import { findInterrupted, findParked, type LeftAttempt } from './interrupted.ts';
import { reserveFor } from './purse.ts';
import { candidateModels, createRouter, type Route } from './route.ts';
import { waitOrPostpone } from './wait.ts';
import { waitForMoney } from './wait-for-money.ts';

/** What the decisions of one worker share. */
interface Layer {
  readonly ports: CallLayerPorts;
  readonly attempt: ReturnType<typeof createAttempt>;
  readonly memory: FailureMemory;
}

type Answered = Extract<AttemptResult, { kind: 'answered' }>;

/** A call that this worker has claimed. */
interface ClaimedCall extends PlannedCall {
  /** A worker has held it before. */
  readonly isReclaimed: boolean;
  /** What that worker has left with a provider. */
  readonly parkedAttemptId: AttemptId | undefined;
}

/** Asks, one provider after the other, until an answer is accepted or nothing more may be tried. Each attempt is charged to the task. */
export function createDecideCall(ports: CallLayerPorts) {
  const layer = { ports, attempt: createAttempt(ports), memory: createFailureMemory() };

  return async (call: ClaimedCall, context: WorkerContext): Promise<Decision> => {
    const candidates = candidateModels(ports.models, call.task);
    const progress: CallProgress = {
      call,
      context,
      router: createRouter(ports, candidates),
      startedAtInMs: ports.clock.now(),
      ask: call.spec,
      rejections: 0,
      tries: new Map(),
    };
    let next: Next = call.isReclaimed
      ? await takeUp(layer, progress, { candidates, parkedAttemptId: call.parkedAttemptId })
      : { kind: 'again' };
    while (next.kind === 'again') next = await tryNext(layer, progress);
    return next;
  };
}

/** Goes on where a worker died or left a question: some providers know the question again and do not charge for it twice. */
async function takeUp(
  layer: Layer,
  progress: CallProgress,
  {
    candidates,
    parkedAttemptId,
  }: { candidates: readonly LanguageModel[]; parkedAttemptId: AttemptId | undefined },
): Promise<Next> {
  const { ports } = layer;
  const { call } = progress;
  const found =
    parkedAttemptId === undefined
      ? await findInterrupted(ports.ledger, call, candidates)
      : await findParked(ports.ledger, { ...call, parkedAttemptId }, candidates);
  if (found === undefined) return { kind: 'again' };
  // Its money is reserved already; what is asked for is whether the task still goes on (I10).
  const standing = await reserveFor(ports.tasks, call.task, 0);
  if (standing === 'stopped') return { kind: 'stop' };
  const { model, started, isAccepted } = found;
  restoreProgress(progress, found);
  const judged = createJudgement(ports, progress);
  const attempted = { ...call, model, faultOf: judged.faultOf, before: beforeTry(progress, model) };
  const question = {
    started,
    ask: progress.ask,
    isResent: true,
    ...(isAccepted && { isAccepted }),
  };
  const { signal } = progress.context;
  const result = await askAndBook(ports, { call: attempted, question }, signal);
  const circuitKey = { provider: model.profile.name, keyId: await model.keyId() };
  await reportHealth(ports, { circuitKey, isProbe: false }, result);
  return await conclude(layer, progress, { model, result, verdict: judged.verdict() });
}

/** What the worker that began the attempt knew of the call: without it, a call could be asked again for ever. */
function restoreProgress(progress: CallProgress, { model, started }: LeftAttempt): void {
  const { before } = started;
  if (before === undefined) return;
  progress.rejections = before.rejections;
  progress.tries.set(model, before.tries);
  progress.ask = { ...progress.ask, maxOutputTokens: before.maxOutputTokens };
}

function beforeTry({ rejections, tries }: CallProgress, model: LanguageModel) {
  return { rejections, tries: tries.get(model) ?? 0 };
}

/** One more try, at the provider whose turn it is. */
async function tryNext(layer: Layer, progress: CallProgress): Promise<Next> {
  const { ports, memory } = layer;
  const { call, ask, context, router } = progress;
  const route = await router.next({
    inputTokens: inputTokensOf(ask.messages),
    maxOutputTokens: ask.maxOutputTokens,
    webSearch: call.task.options.webSearch,
  });
  switch (route.kind) {
    case 'none':
      return { kind: 'fail', error: route.problem };
    case 'wait':
      return await waitOrPostpone(ports, context, route.untilInMs);
    case 'exhausted':
      return await memory.afterExhaustion(ports, progress, route.problem);
    case 'model':
      return await tryAt(layer, progress, route);
  }
}

async function tryAt(
  layer: Layer,
  progress: CallProgress,
  route: Extract<Route, { kind: 'model' }>,
): Promise<Next> {
  const { ports, attempt, memory } = layer;
  const { model } = route;
  const judged = createJudgement(ports, progress);
  const before = beforeTry(progress, model);
  const attempted = { ...progress.call, model, faultOf: judged.faultOf, before };
  memory.retries.earn(model.profile.name, ports.clock.now());
  let result: AttemptResult | undefined;
  try {
    result = await attempt(attempted, progress.ask, progress.context);
  } finally {
    await reportHealth(ports, route, result);
  }
  return await conclude(layer, progress, { model, result, verdict: judged.verdict() });
}

interface Try {
  readonly model: LanguageModel;
  readonly result: AttemptResult;
  /** Of an answer. */
  readonly verdict: Verdict | undefined;
}

async function conclude(layer: Layer, progress: CallProgress, made: Try): Promise<Next> {
  const { ports, memory } = layer;
  const { model, result, verdict } = made;
  const { router, context } = progress;
  switch (result.kind) {
    case 'answered':
      memory.serve(ports.clock.now());
      if (verdict?.isAccepted === true) {
        const { attemptId } = result;
        return { kind: 'commit', result: resultOf(progress.call, { model, attemptId }, verdict) };
      }
      return afterRejection(ports, progress, { model, result, verdict });
    case 'failed':
      return await afterFailure({ ports, memory }, progress, { model, result });
    case 'paused':
      if (!router.hasAlternative(model))
        return await waitOrPostpone(ports, context, result.untilInMs);
      router.setAside(model, paused);
      return { kind: 'again' };
    case 'pending':
      return { ...result, kind: 'park' };
    case 'stopped':
      return { kind: 'stop' };
    case 'too-late':
      return { kind: 'postpone', untilInMs: ports.clock.now() };
    case 'unaffordable':
      return context.hasParkedCalls?.() === true
        ? { kind: 'await-money' }
        : await waitForMoney(ports, progress);
  }
}

/** An answer that cannot be used is asked for again, with its faults or with more room, as often as it may be. */
function afterRejection(
  ports: CallLayerPorts,
  progress: CallProgress,
  rejected: {
    model: LanguageModel;
    result: Answered;
    verdict: Extract<Verdict, { isAccepted: false }> | undefined;
  },
): Next {
  const { model, result, verdict = unjudged } = rejected;
  const problem = unusable(verdict);
  const isLastAsk = progress.rejections >= ports.settings.maxReasks;
  if (isLastAsk || errorEntry(verdict.code).action === 'stop')
    return { kind: 'fail', error: problem };
  // An answer that fills all the room a provider has will not fit there the next time either.
  const isAtCap = progress.ask.maxOutputTokens >= model.profile.maxOutputTokens;
  const isElsewhere = progress.router.hasAlternative(model);
  if (verdict.code === 'answer_truncated' && isAtCap && isElsewhere) {
    progress.router.exclude(model, problem);
  }
  progress.rejections += 1;
  ports.metrics?.count('Reasks', 1, {});
  progress.ask = reask(progress.call.spec, progress.ask, { text: result.answer.text, verdict });
  return { kind: 'again' };
}

/** Judges the answer of one try, for the ledger and for what follows. */
function createJudgement(ports: CallLayerPorts, { call, rejections }: CallProgress) {
  const { spec, stage, stageContext } = call;
  const isLastAsk = rejections >= ports.settings.maxReasks;
  let verdict: Verdict | undefined;
  return {
    verdict: () => verdict,
    faultOf(answer: ModelAnswer) {
      verdict = judgeAnswer({ answer, spec, stage, stageContext, isLastAsk });
      return verdict.isAccepted ? undefined : verdict.code;
    },
  };
}

const unjudged = { isAccepted: false, code: 'answer_invalid', faults: [] } as const;

const paused: Problem = {
  code: 'model_rate_limited',
  message: 'Expected the provider to take the call; it asked to come back later.',
};
