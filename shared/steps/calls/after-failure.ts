import { errorEntry, type Problem } from '#shared/domain/errors.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { AttemptResult } from './attempt.ts';
import { backoffInMs } from './backoff.ts';
import type { CallLayerPorts } from './call-layer.ts';
import type { CallProgress, Next } from './call-progress.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';
import { longestWaitInMs, waitOrPostpone } from './wait.ts';

export interface FailedTry {
  readonly model: LanguageModel;
  readonly result: Extract<AttemptResult, { kind: 'failed' }>;
}

/** What the calls of a worker know of one another's tries. */
export interface FailureMemory {
  readonly retries: RetryBudget;
  /** A call was answered. */
  serve(nowInMs: number): void;
  /** What to do with a call that every provider has failed to serve as often as it may be tried. */
  afterExhaustion(ports: CallLayerPorts, progress: CallProgress, problem: Problem): Promise<Next>;
}

export function createFailureMemory(): FailureMemory {
  let servedAtInMs = Number.NEGATIVE_INFINITY;
  return {
    retries: createRetryBudget(),
    serve(nowInMs) {
      servedAtInMs = Math.max(servedAtInMs, nowInMs);
    },
    async afterExhaustion(ports, progress, problem) {
      // Others were served meanwhile: it is this call that cannot be. Otherwise it is an outage, which ends.
      if (servedAtInMs >= progress.startedAtInMs) return { kind: 'fail', error: problem };
      progress.router.restore();
      progress.tries.clear();
      const waitInMs = backoffInMs(outageExponent, ports.random);
      return await waitOrPostpone(ports, progress.context, ports.clock.now() + waitInMs);
    },
  };
}

/** Waits between rounds of an outage are drawn from the longest range. */
const outageExponent = 10;

/** What follows a failed attempt, by the action of its code (providers.md § 7): try again here, go on to the next provider, or stop. */
export async function afterFailure(
  { ports, memory }: { ports: CallLayerPorts; memory: FailureMemory },
  progress: CallProgress,
  { model, result }: FailedTry,
): Promise<Next> {
  const { code, message } = result;
  const problem: Problem = { code, message, details: { provider: model.profile.name } };
  switch (errorEntry(code).action) {
    case 'stop':
      return { kind: 'fail', error: problem };
    case 'fail-over':
      progress.router.exclude(model, problem);
      return { kind: 'again' };
    case 'retry-here':
      return code === 'model_rate_limited'
        ? await afterRateLimit({ ports, memory }, progress, { model, result })
        : await afterOutage({ ports, memory }, progress, { model, problem });
  }
}

/** The account is paused and narrowed; a short wait is taken here, a long one at another provider. Being told to wait is no failed try. */
async function afterRateLimit(
  { ports, memory }: { ports: CallLayerPorts; memory: FailureMemory },
  progress: CallProgress,
  { model, result }: FailedTry,
): Promise<Next> {
  const { name, limits } = model.profile;
  const nowInMs = ports.clock.now();
  const retry = memory.retries.spend(name, nowInMs);
  const backoff = backoffInMs(countTry(progress, model), ports.random);
  const untilInMs = Math.max(
    nowInMs + Math.max(result.retryAfterInMs ?? 0, backoff),
    retry.isAllowed ? nowInMs : retry.allowedAtInMs,
  );
  await ports.gate.pause(name, untilInMs);
  await ports.slots.slowDown(name, limits);
  if (untilInMs - nowInMs > longestWaitInMs && progress.router.hasAlternative(model)) {
    const { code, message } = result;
    progress.router.setAside(model, { code, message, details: { provider: name } });
    return { kind: 'again' };
  }
  return await waitOrPostpone(ports, progress.context, untilInMs);
}

async function afterOutage(
  { ports, memory }: { ports: CallLayerPorts; memory: FailureMemory },
  progress: CallProgress,
  { model, problem }: { model: LanguageModel; problem: Problem },
): Promise<Next> {
  const { name } = model.profile;
  const nowInMs = ports.clock.now();
  const tries = countTry(progress, model);
  const most = problem.code === 'model_protocol_error' ? 2 : ports.settings.maxTries;
  if (tries >= most) {
    progress.router.setAside(model, problem);
    return { kind: 'again' };
  }
  const retry = memory.retries.spend(name, nowInMs);
  if (!retry.isAllowed && progress.router.hasAlternative(model)) {
    progress.router.setAside(model, problem);
    return { kind: 'again' };
  }
  const untilInMs = nowInMs + backoffInMs(tries, ports.random);
  const laterInMs = retry.isAllowed ? untilInMs : Math.max(untilInMs, retry.allowedAtInMs);
  return await waitOrPostpone(ports, progress.context, laterInMs);
}

function countTry(progress: CallProgress, model: LanguageModel): number {
  const tries = (progress.tries.get(model) ?? 0) + 1;
  progress.tries.set(model, tries);
  return tries;
}
