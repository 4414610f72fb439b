import * as z from 'zod';
import type { Price } from './cost.ts';

/** Providers of the model that this release speaks to. `simulator` is a program, not a model, and is always named as such. */
export const ProviderName = z.enum(['empiriolabs', 'simulator']);
export type ProviderName = z.infer<typeof ProviderName>;

/** What a provider can do and what it asks for. Facts as published, each overridable per deployment. */
export interface ProviderProfile {
  readonly name: ProviderName;
  /** Name for people. */
  readonly title: string;
  readonly modelId: string;
  /** The family whose answers are interchangeable; part of the cache key. */
  readonly modelFamily: 'minimax-m2.7';
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly temperature: { readonly min: number; readonly max: number };
  /** Whether the API promises JSON. If not, the shape is asked for in the prompt; it is validated here either way. */
  readonly jsonMode: 'none' | 'json_object' | 'json_schema';
  readonly limits: ProviderLimits;
  readonly price: Price;
}

/** Limits of an account. `undefined` = the provider names none. */
export interface ProviderLimits {
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  /** Most calls in flight at once from one worker. Our own choice where the provider names none. */
  readonly maxInFlight: number;
}

/** Capability and price table: data, with dates and sources. */
export const providerProfiles: Readonly<Record<ProviderName, ProviderProfile>> = {
  empiriolabs: {
    name: 'empiriolabs',
    title: 'EmpirioLabs',
    modelId: 'minimax-m2-7',
    modelFamily: 'minimax-m2.7',
    contextTokens: 200_000,
    // The model page says both 131,072 (parameter) and 32,768 (FAQ): the smaller one is safe.
    maxOutputTokens: 32_768,
    // The API takes 0–2, the model behind it (0, 1]; see providers.md Q21.
    temperature: { min: 0.01, max: 1 },
    jsonMode: 'none',
    limits: { requestsPerMinute: 50, tokensPerMinute: 2_000_000, maxInFlight: 32 },
    price: {
      inputPerMillionInMicroUsd: 150_000,
      cachedInputPerMillionInMicroUsd: 30_000,
      outputPerMillionInMicroUsd: 600_000,
      asOf: '2026-11-01',
      source: 'EmpirioLabs model page, promotional rate',
    },
  },
  simulator: {
    name: 'simulator',
    title: 'the built-in simulator (a program, not a language model)',
    modelId: 'minimax-m2-7',
    modelFamily: 'minimax-m2.7',
    contextTokens: 200_000,
    maxOutputTokens: 32_768,
    temperature: { min: 0.01, max: 1 },
    jsonMode: 'none',
    limits: { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight: 32 },
    price: {
      inputPerMillionInMicroUsd: 150_000,
      cachedInputPerMillionInMicroUsd: 30_000,
      outputPerMillionInMicroUsd: 600_000,
      asOf: '2026-11-01',
      source: 'the rate of EmpirioLabs, so that a rehearsal shows real figures; nothing is billed',
    },
  },
};
