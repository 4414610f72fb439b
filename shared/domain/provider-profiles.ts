import type { Price } from './cost.ts';
import type { ProviderName, ProviderProfile } from './providers.ts';

/** MiniMax's own rate, which resellers charge unless they say otherwise (providers.md § 5.6). */
const standardRate = {
  inputPerMillionInMicroUsd: 300_000,
  cachedInputPerMillionInMicroUsd: 60_000,
  outputPerMillionInMicroUsd: 1_200_000,
  asOf: '2026-11-01',
} as const satisfies Partial<Price>;

/** The faster variant: the same answers at twice the price. */
const highspeedRate = {
  ...standardRate,
  inputPerMillionInMicroUsd: 600_000,
  outputPerMillionInMicroUsd: 2_400_000,
} as const satisfies Partial<Price>;

const empirioLabsRate = {
  inputPerMillionInMicroUsd: 150_000,
  cachedInputPerMillionInMicroUsd: 30_000,
  outputPerMillionInMicroUsd: 600_000,
  asOf: '2026-11-01',
} as const satisfies Partial<Price>;

/** What Runware's two models have in common; the pages differ in the name only. */
const runware = {
  modelFamily: 'minimax-m2.7',
  // The pages name no context window; MiniMax's own is 204,800.
  contextTokens: 204_800,
  maxOutputTokens: 196_608,
  temperature: { min: 0, max: 1, step: 0.01 },
  topP: { min: 0, max: 1, step: 0.01 },
  jsonMode: 'none',
  toolChoices: [],
  maxStopSequences: 0,
  hasSeed: true,
  hasWebSearch: false,
  knowsRepeats: true,
  hiddenPromptTokens: 100,
  // No fixed number is published: requests queue, and a steady two to four is advised.
  limits: { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight: 4 },
} as const satisfies Partial<ProviderProfile>;

/** What EmpirioLabs and the simulator, which speaks its protocol, have in common. */
const empirioLabs = {
  modelId: 'minimax-m2-7',
  modelFamily: 'minimax-m2.7',
  contextTokens: 200_000,
  // The model page says both 131,072 (parameter) and 32,768 (FAQ): the smaller one is safe.
  maxOutputTokens: 32_768,
  // The API takes 0–2, the model behind it (0, 1]; see providers.md Q21.
  temperature: { min: 0.01, max: 1 },
  topP: { min: 0.01, max: 1 },
  jsonMode: 'none',
  toolChoices: ['auto', 'none', 'required', 'named'],
  maxStopSequences: 4,
  hasSeed: false,
  hasWebSearch: true,
  knowsRepeats: false,
  hiddenPromptTokens: 100,
} as const satisfies Partial<ProviderProfile>;

/** Capability and price table: data, with dates and sources, in the order in which providers are tried. */
export const providerProfiles: Readonly<Record<ProviderName, ProviderProfile>> = {
  cloudflare: {
    name: 'cloudflare',
    title: 'Cloudflare',
    modelId: 'minimax/m2.7',
    modelFamily: 'minimax-m2.7',
    contextTokens: 128_000,
    // The page names no upper limit; the catalogue of April 2026 said 4,096. Raise it where the account takes more.
    maxOutputTokens: 4_096,
    temperature: { min: 0, max: 1 },
    topP: { min: 0, max: 1 },
    jsonMode: 'json_schema',
    toolChoices: ['none', 'auto'],
    maxStopSequences: 0,
    hasSeed: false,
    hasWebSearch: false,
    knowsRepeats: false,
    hiddenPromptTokens: 100,
    // 200 requests in 60 s for each gateway on unified billing.
    limits: { requestsPerMinute: 200, tokensPerMinute: undefined, maxInFlight: 32 },
    price: { ...standardRate, source: 'Cloudflare model catalogue, May 2026' },
  },
  runware: {
    ...runware,
    name: 'runware',
    title: 'Runware',
    modelId: 'minimax:m2.7@0',
    price: {
      ...standardRate,
      source: 'MiniMax’s rate; Runware reports the cost of each answer',
      isAssumed: true,
    },
  },
  'runware-highspeed': {
    ...runware,
    name: 'runware-highspeed',
    title: 'Runware (highspeed)',
    modelId: 'minimax:m2.7@highspeed',
    price: { ...highspeedRate, source: 'Runware model page' },
  },
  empiriolabs: {
    ...empirioLabs,
    name: 'empiriolabs',
    title: 'EmpirioLabs',
    limits: { requestsPerMinute: 50, tokensPerMinute: 2_000_000, maxInFlight: 32 },
    price: { ...empirioLabsRate, source: 'EmpirioLabs model page, promotional rate' },
  },
  cloudsway: {
    name: 'cloudsway',
    title: 'Cloudsway',
    modelId: 'MiniMax-M2.7',
    modelFamily: 'minimax-m2.7',
    contextTokens: 204_800,
    maxOutputTokens: 2_048,
    temperature: { min: 0.01, max: 1 },
    topP: { min: 0.01, max: 1 },
    jsonMode: 'json_object',
    toolChoices: ['none', 'auto', 'required', 'named'],
    maxStopSequences: 4,
    hasSeed: true,
    hasWebSearch: false,
    knowsRepeats: false,
    hiddenPromptTokens: 100,
    limits: { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight: 16 },
    price: {
      ...standardRate,
      source: 'MiniMax’s rate; Cloudsway publishes none',
      isAssumed: true,
    },
  },
  simulator: {
    ...empirioLabs,
    name: 'simulator',
    title: 'the built-in simulator (a program, not a language model)',
    limits: { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight: 32 },
    price: {
      ...empirioLabsRate,
      source: 'the rate of EmpirioLabs, so that a rehearsal shows real figures; nothing is billed',
    },
  },
};

/** Facts of a model variant that a deployment names in place of the usual one (`CLOUDSWAY_MODEL`). */
export function withModel(profile: ProviderProfile, modelId: string): ProviderProfile {
  const isHighspeed = /highspeed/i.test(modelId);
  return {
    ...profile,
    modelId,
    modelFamily: /m2[.-]?5(?!\d)/i.test(modelId) ? 'minimax-m2.5' : 'minimax-m2.7',
    price: isHighspeed ? { ...profile.price, ...highspeedRate } : profile.price,
  };
}
