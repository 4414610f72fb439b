import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { providerProfiles, withModel } from '#shared/domain/provider-profiles.ts';
import {
  isOfFamily,
  ProviderName,
  type QuestionNeeds,
  unservedReason,
  withinRange,
} from '#shared/domain/providers.ts';

const profiles = Object.values(providerProfiles);

describe('the table of providers', () => {
  it('has a row for each provider, under its own name', () => {
    expect(Object.entries(providerProfiles).map(([name, { name: own }]) => [name, own])).toEqual(
      ProviderName.options.map((name) => [name, name]),
    );
  });

  it.each(profiles.map((profile) => [profile.name, profile] as const))(
    'answers to its own model id: %s',
    (_, { modelId, modelFamily }) => {
      expect(isOfFamily(modelId, modelFamily)).toBe(true);
    },
  );
});

describe('a sampling parameter', () => {
  const ranges = profiles.flatMap(({ temperature, topP }) => [temperature, topP]);

  it('never leaves its range and never falls between two steps', () => {
    const value = fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(value, fc.constantFrom(...ranges), (asked, range) => {
        const taken = withinRange(asked, range);

        expect(taken).toBeGreaterThanOrEqual(range.min);
        expect(taken).toBeLessThanOrEqual(range.max);
        if (range.step === undefined) return;
        // As it is written on the wire.
        expect(JSON.stringify(taken)).toMatch(/^(0|1|0\.\d{1,2})$/);
        expect(Math.abs(taken - Math.min(range.max, Math.max(range.min, asked)))).toBeLessThan(
          range.step / 2 + 1e-9,
        );
      }),
    );
  });

  it('changes nothing that fits', () => {
    const steps = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(steps, (hundredths) => {
        const value = hundredths / 100;
        expect(withinRange(value, providerProfiles.runware.temperature)).toBe(value);
      }),
    );
  });

  it('loses the noise of binary fractions', () => {
    expect(withinRange(0.1 + 0.2, providerProfiles.runware.temperature)).toBe(0.3);
  });
});

describe('what a provider can serve', () => {
  const { cloudflare, runware, empiriolabs, cloudsway } = providerProfiles;
  const small: QuestionNeeds = { inputTokens: 1_000, maxOutputTokens: 1_000 };

  it.each(profiles.map((profile) => [profile.name, profile] as const))(
    'is a small question, at every provider: %s',
    (_, profile) => {
      expect(unservedReason(profile, small)).toBeUndefined();
    },
  );

  it('is a question that fits with its answer, and no token more', () => {
    const { contextTokens, hiddenPromptTokens } = cloudflare;
    const inputTokens = contextTokens - hiddenPromptTokens - 1_000;

    expect(unservedReason(cloudflare, { ...small, inputTokens })).toBeUndefined();
    expect(unservedReason(cloudflare, { ...small, inputTokens: inputTokens + 1 })).toBe('context');
  });

  it('counts no more room for the answer than the provider has', () => {
    const inputTokens = cloudflare.contextTokens - cloudflare.hiddenPromptTokens - 4_096;
    const needs = { inputTokens, maxOutputTokens: 100_000 };

    expect(unservedReason(cloudflare, needs)).toBeUndefined();
    expect(unservedReason(runware, needs)).toBe('context');
  });

  it.each([
    ['tools', runware, { toolChoice: 'auto' }],
    ['tools', cloudflare, { toolChoice: 'required' }],
    ['stop', cloudflare, { stopSequences: 1 }],
    ['stop', cloudsway, { stopSequences: 5 }],
    ['web search', cloudsway, { webSearch: true }],
  ] as const)('is no question that needs what it has not: %s', (reason, profile, needs) => {
    expect(unservedReason(profile, { ...small, ...needs })).toBe(reason);
  });

  it('is what it has', () => {
    const needs = { ...small, toolChoice: 'named', stopSequences: 4 } as const;

    expect(unservedReason(empiriolabs, { ...needs, webSearch: true })).toBeUndefined();
    expect(unservedReason(cloudsway, { ...needs, webSearch: false })).toBeUndefined();
  });
});

describe('the model that has answered', () => {
  it.each([
    'MiniMax-M2.7',
    'minimax/m2.7',
    'minimax-m2-7',
    'minimax:m2.7@0',
    'minimax:m2.7@highspeed',
    'MiniMax-M2.7-highspeed',
    'MaaS_MiniMax_M2.7',
    'MiniMaxAI/MiniMax-M2.7',
    'minimax_m27',
  ])('is one of the family: %s', (name) => {
    expect(isOfFamily(name, 'minimax-m2.7')).toBe(true);
    expect(isOfFamily(name, 'minimax-m2.5')).toBe(false);
  });

  it.each([
    'MiniMax-M2.5',
    'MiniMax-M2',
    'MiniMax-M3',
    'MiniMax-M2.75',
    'MiniMax-M2.1',
    'gpt-5',
    'abab6.5s-chat',
    '',
  ])('is another one: %s', (name) => {
    expect(isOfFamily(name, 'minimax-m2.7')).toBe(false);
  });

  it('is known by the variant that a deployment names', () => {
    const { cloudsway } = providerProfiles;

    expect(withModel(cloudsway, 'MiniMax-M2.5')).toMatchObject({
      modelId: 'MiniMax-M2.5',
      modelFamily: 'minimax-m2.5',
      price: cloudsway.price,
    });
    expect(withModel(cloudsway, 'MiniMax-M2.7-highspeed')).toMatchObject({
      modelFamily: 'minimax-m2.7',
      price: { outputPerMillionInMicroUsd: 2_400_000, isAssumed: true },
    });
  });
});
