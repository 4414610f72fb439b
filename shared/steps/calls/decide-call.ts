import { errorEntry, type Problem } from '#shared/domain/errors.ts';
import type { LanguageModel, ModelAnswer } from '#shared/ports/language-model.ts';
import { afterFailure, createFailureMemory, type FailureMemory } from './after-failure.ts';
import { judgeAnswer, type Verdict } from './answer-ladder.ts';
import { type AttemptResult, askAndBook, createAttempt, inputTokensOf } from './attempt.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';
import type { CallProgress, Decision, Next } from './call-progress.ts';
import { reask, resultOf, unusable } from './conclude.ts';
import { reportHealth } from './health.ts';
import { findInterrupted } from './interrupted.ts';
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

/** Asks, one provider after the other, until an answer is accepted or nothing more may be tried. Each attempt is charged to the task. */
export function createDecideCall(ports: CallLayerPorts) {
  const layer = { ports, attempt: createAttempt(ports), memory: createFailureMemory() };

  return async (
    call: PlannedCall & { readonly isReclaimed: boolean },
    context: WorkerContext,
  ): Promise<Decision> => {
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
      ? await takeUp(layer, progress, candidates)
      : { kind: 'again' };
    while (next.kind === 'again') next = await tryNext(layer, progress);
    return next;
  };
}

/** Goes on where a worker died after it had sent a question: some providers know the question again and do not charge for it twice. */
async function takeUp(
  layer: Layer,
  progress: CallProgress,
  candidates: readonly LanguageModel[],
): Promise<Next> {
  const { ports } = layer;
  const found = await findInterrupted(ports.ledger, progress.call, candidates);
  if (found === undefined) return { kind: 'again' };
  // Its money is reserved already; what is asked for is whether the task still goes on (I10).
  const { taskId, run } = progress.call.task;
  const standing = await ports.tasks.reserve(taskId, { run, amountInMicroUsd: 0 });
  if (standing === 'stopped') return { kind: 'stop' };
  const { model, started } = found;
  const judged = createJudgement(ports, progress);
  const call = { ...progress.call, model, faultOf: judged.faultOf };
  const question = { started, ask: progress.ask, isResent: true };
  const result = await askAndBook(ports, { call, question }, progress.context.signal);
  return await conclude(layer, progress, { model, result, verdict: judged.verdict() });
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
  const attempted = { ...progress.call, model, faultOf: judged.faultOf };
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
    case 'stopped':
      return { kind: 'stop' };
    case 'too-late':
      return { kind: 'postpone', untilInMs: ports.clock.now() };
    case 'unaffordable':
      return await waitForMoney(ports, progress);
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
