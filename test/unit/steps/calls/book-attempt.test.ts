import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Attempt, type EndedAttempt } from '#shared/domain/call.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelAnswer, ModelReply } from '#shared/ports/language-model.ts';
import { endedAttempt } from '#shared/steps/calls/book-attempt.ts';
import { ids, startedAttempt, testTimeInMs } from '../../../support/tasks.ts';

const { empiriolabs, runware, cloudsway } = providerProfiles;
const started = { ...startedAttempt(ids.taskId()), reservedInMicroUsd: 10_000 };
const messages = [{ role: 'user' as const, content: 'A question of some words.' }];

function book(reply: ModelReply, profile: ProviderProfile = empiriolabs): EndedAttempt {
  return endedAttempt({
    started,
    reply,
    outcome: 'accepted',
    ask: { messages, maxOutputTokens: 1_000 },
    profile,
    nowInMs: testTimeInMs + 900,
  });
}

function answered(usage: TokenUsage, overrides: Partial<ModelAnswer> = {}): ModelReply {
  const answer: ModelAnswer = {
    text: '{"n": 1}',
    toolCalls: [],
    finishReason: 'stop',
    usage,
    modelAnswered: 'MiniMax-M2.7',
    thinkingLength: 0,
    ...overrides,
  };
  return { isAnswer: true, answer };
}

function failedReply(isPossiblyBilled: boolean, usage: TokenUsage = {}): ModelReply {
  const error = new QuireError('model_timeout', 'Expected an answer, got none.');
  return {
    isAnswer: false,
    failure: { error, usage, isPossiblyBilled, retryAfterInMs: undefined },
  };
}

const usage = { inputTokens: 1_000, cachedInputTokens: 400, outputTokens: 2_000 };

describe('the row of an attempt that has ended', () => {
  it('costs its tokens at the price of the provider', () => {
    // 600 × 0.15 + 400 × 0.03 + 2,000 × 0.60 micro-dollars.
    expect(book(answered(usage))).toMatchObject({
      state: 'ended',
      endedAtInMs: testTimeInMs + 900,
      usage,
      costInMicroUsd: 1_302,
      isEstimated: false,
      isPossiblyBilled: true,
    });
  });

  it('costs what the provider says, before any price', () => {
    expect(book(answered(usage, { reportedCostInMicroUsd: 77 }), runware)).toMatchObject({
      costInMicroUsd: 77,
      isEstimated: false,
    });
  });

  it('is an estimate where the price is assumed', () => {
    expect(book(answered(usage), cloudsway)).toMatchObject({
      costInMicroUsd: 2_604,
      isEstimated: true,
    });
  });

  it('is an estimate by our own count where the tokens are unknown, thinking included', () => {
    const quiet = book(answered({ inputTokens: 5 }));
    const thoughtful = book(answered({}, { thinkingLength: 4_000 }));

    expect(quiet.isEstimated).toBe(true);
    expect(quiet.costInMicroUsd).toBeGreaterThan(15);
    expect(thoughtful.costInMicroUsd - quiet.costInMicroUsd).toBeGreaterThan(500);
    expect(thoughtful.isEstimated).toBe(true);
  });

  it.each([
    ['tokens', answered({ inputTokens: 2_000_000_000, outputTokens: 2_000_000_000 })],
    ['cost', answered(usage, { reportedCostInMicroUsd: 10_001 })],
  ])(
    'costs its reservation at most and is flagged where the %s cannot be true (I4)',
    (_, reply) => {
      expect(book(reply)).toMatchObject({ costInMicroUsd: 10_000, isEstimated: true });
    },
  );

  it('costs nothing where the provider cannot have begun', () => {
    expect(book(failedReply(false, usage))).toMatchObject({
      costInMicroUsd: 0,
      isEstimated: false,
      isPossiblyBilled: false,
    });
  });

  it('costs its whole reservation where a failed attempt may have been billed and nothing is known (I5)', () => {
    expect(book(failedReply(true))).toMatchObject({
      costInMicroUsd: 10_000,
      isEstimated: true,
      isPossiblyBilled: true,
    });
    expect(book(failedReply(true, usage))).toMatchObject({
      costInMicroUsd: 1_302,
      isEstimated: false,
    });
  });

  it('names another model than the one asked for', () => {
    expect(book(answered(usage, { modelAnswered: 'MiniMax-M2.5' }))).toMatchObject({
      modelAnswered: 'MiniMax-M2.5',
      isOtherModel: true,
    });
    expect(book(answered(usage))).not.toHaveProperty('isOtherModel');
    expect(book(answered(usage, { modelAnswered: undefined }))).not.toHaveProperty('isOtherModel');
  });

  it('is a row of the ledger and costs between nothing and its reservation, whatever came (I4)', () => {
    const tokens = fc.option(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), {
      nil: undefined,
    });
    const reported = fc.option(fc.integer({ min: 0, max: 1_000_000_000 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({ inputTokens: tokens, cachedInputTokens: tokens, outputTokens: tokens }),
        reported,
        fc.constantFrom(empiriolabs, runware, cloudsway),
        (drawn, reportedCostInMicroUsd, profile) => {
          const known = Object.entries(drawn).filter(([, count]) => count !== undefined);
          const row = book(
            answered(Object.fromEntries(known), { reportedCostInMicroUsd }),
            profile,
          );

          expect(Attempt.safeParse(row).success).toBe(true);
          expect(row.costInMicroUsd).toBeGreaterThanOrEqual(0);
          expect(row.costInMicroUsd).toBeLessThanOrEqual(started.reservedInMicroUsd);
        },
      ),
    );
  });
});
