import type { EndedAttempt, Message, StartedAttempt } from '#shared/domain/call.ts';
import { costOf, worstCaseCost } from '#shared/domain/cost.ts';
import { isOfFamily, type ProviderProfile } from '#shared/domain/providers.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { ModelReply } from '#shared/ports/language-model.ts';

/** What is known when an attempt has ended. */
export interface AttemptFacts {
  readonly started: StartedAttempt;
  readonly reply: ModelReply;
  readonly outcome: EndedAttempt['outcome'];
  readonly ask: { readonly messages: readonly Message[]; readonly maxOutputTokens: number };
  readonly profile: ProviderProfile;
  readonly nowInMs: number;
}

/** The ledger row of an attempt that has ended. */
export function endedAttempt(facts: AttemptFacts): EndedAttempt {
  const { started, reply, profile } = facts;
  const modelAnswered = reply.isAnswer ? reply.answer.modelAnswered : undefined;
  const isOtherModel =
    modelAnswered !== undefined && !isOfFamily(modelAnswered, profile.modelFamily);
  return {
    ...started,
    state: 'ended',
    endedAtInMs: facts.nowInMs,
    outcome: facts.outcome,
    ...(modelAnswered === undefined ? {} : { modelAnswered }),
    ...(isOtherModel ? { isOtherModel } : {}),
    usage: reply.isAnswer ? reply.answer.usage : reply.failure.usage,
    ...chargeOf(facts),
    isPossiblyBilled: reply.isAnswer || reply.failure.isPossiblyBilled,
  };
}

/**
 * What an attempt costs: as the provider says, or by its tokens and the price. Where it says nothing, our own count stands in and is
 * flagged. More than the worst case cannot be true; the worst case is then booked, so that the budget holds (I4).
 */
function chargeOf(facts: AttemptFacts): { costInMicroUsd: number; isEstimated: boolean } {
  const { reply, started, profile } = facts;
  if (!reply.isAnswer && !reply.failure.isPossiblyBilled) {
    return { costInMicroUsd: 0, isEstimated: false };
  }
  const reported = reply.isAnswer ? reply.answer.reportedCostInMicroUsd : undefined;
  const usage = reply.isAnswer ? reply.answer.usage : reply.failure.usage;
  const known = reported ?? costOf(usage, profile.price);
  const costInMicroUsd = Math.min(started.reservedInMicroUsd, known ?? estimatedCost(facts));
  const isKnown = known !== undefined && known <= started.reservedInMicroUsd;
  const isPriced = reported !== undefined || profile.price.isAssumed !== true;
  return { costInMicroUsd, isEstimated: !isKnown || !isPriced };
}

function estimatedCost({ reply, ask, profile, started }: AttemptFacts): number {
  // Nothing is known of what a failed attempt has generated: the whole reservation is the safe figure.
  if (!reply.isAnswer) return started.reservedInMicroUsd;
  const inputTokens = ask.messages.reduce(
    (sum, message) => sum + estimateTokens(message.content),
    profile.hiddenPromptTokens,
  );
  const written = reply.answer.text.length + reply.answer.thinkingLength;
  const maxOutputTokens = estimateTokens('x'.repeat(written));
  return worstCaseCost({ inputTokens, maxOutputTokens }, profile.price);
}
