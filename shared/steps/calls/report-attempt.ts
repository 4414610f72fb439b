import type { EndedAttempt } from '#shared/domain/call.ts';
import { attemptOutcomeOf } from '#shared/domain/metrics.ts';
import type { CallLayerPorts } from './call-layer.ts';

/** Tells log and metrics what an attempt was, as the ledger has it. */
export function reportAttempt(
  { logger, metrics }: Pick<CallLayerPorts, 'logger' | 'metrics'>,
  attempt: EndedAttempt,
): void {
  const { taskId, callId, attemptId, provider, outcome, usage, costInMicroUsd } = attempt;
  const durationInMs = attempt.endedAtInMs - attempt.startedAtInMs;
  logger.info('attempt-ended', {
    taskId,
    callId,
    attemptId,
    provider,
    outcome,
    durationInMs,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    costInMicroUsd,
  });
  if (metrics === undefined) return;
  metrics.count('Attempts', 1, { provider, outcome: attemptOutcomeOf(outcome) });
  metrics.count('ModelLatencyInMs', durationInMs, { provider });
  metrics.count('CostInMicroUsd', costInMicroUsd, { provider });
  if (outcome === 'model_rate_limited') metrics.count('RateLimited', 1, { provider });
  const tokens = {
    InputTokens: usage.inputTokens,
    CachedTokens: usage.cachedInputTokens,
    OutputTokens: usage.outputTokens,
  } as const;
  for (const name of ['InputTokens', 'CachedTokens', 'OutputTokens'] as const) {
    // What a provider does not tell is unknown, which is not 0.
    const count = tokens[name];
    if (count !== undefined) metrics.count(name, count, { provider });
  }
}
