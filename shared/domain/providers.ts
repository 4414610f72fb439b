import * as z from 'zod';
import type { Price } from './cost.ts';

/** Providers of the model that this release speaks to. `simulator` is a program, not a model, and is always named as such. */
export const ProviderName = z.enum([
  'cloudflare',
  'runware',
  'runware-highspeed',
  'empiriolabs',
  'cloudsway',
  'simulator',
]);
export type ProviderName = z.infer<typeof ProviderName>;

/** Models whose answers are interchangeable: failover and the cache stay within one. */
export type ModelFamily = 'minimax-m2.7' | 'minimax-m2.5';

/** Values that a sampling parameter may take: from `min` to `max`, in multiples of `step` where the API counts in steps. */
export interface SamplingRange {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/** How a caller may ask for tools: `named` is one function by its name. */
export type ToolChoiceMode = 'auto' | 'none' | 'required' | 'named';

/** What a provider can do and what it asks for. Facts as published, each overridable per deployment. */
export interface ProviderProfile {
  readonly name: ProviderName;
  /** Name for people. */
  readonly title: string;
  readonly modelId: string;
  readonly modelFamily: ModelFamily;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly temperature: SamplingRange;
  readonly topP: SamplingRange;
  /** Whether the API promises JSON. If not, the shape is asked for in the prompt; it is validated here either way. */
  readonly jsonMode: 'none' | 'json_object' | 'json_schema';
  /** Ways to ask for tools; empty where the API has none. */
  readonly toolChoices: readonly ToolChoiceMode[];
  readonly maxStopSequences: number;
  readonly hasSeed: boolean;
  readonly hasWebSearch: boolean;
  /** Whether a question that is sent again under its id is known again, and charged once. */
  readonly knowsRepeats: boolean;
  /** Tokens that the provider puts in front of a question by itself and charges for. */
  readonly hiddenPromptTokens: number;
  readonly limits: ProviderLimits;
  readonly price: Price;
}

/** Limits of an account. `undefined` = the provider names none. */
export interface ProviderLimits {
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  /** Most calls of the account in flight at once. Our own choice where the provider names none. */
  readonly maxInFlight: number;
}

/** What a question needs of a provider. */
export interface QuestionNeeds {
  /** Upper bound of the tokens of the question. */
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  readonly toolChoice?: ToolChoiceMode | undefined;
  readonly stopSequences?: number | undefined;
  readonly webSearch?: boolean | undefined;
}

/** Why a provider cannot serve a question, or `undefined` where it can. A question that cannot be served is never sent. */
export function unservedReason(
  profile: ProviderProfile,
  needs: QuestionNeeds,
): 'context' | 'tools' | 'stop' | 'web search' | undefined {
  const outputTokens = Math.min(needs.maxOutputTokens, profile.maxOutputTokens);
  const total = needs.inputTokens + profile.hiddenPromptTokens + outputTokens;
  if (total > profile.contextTokens) return 'context';
  const { toolChoice, stopSequences = 0 } = needs;
  if (toolChoice !== undefined && !profile.toolChoices.includes(toolChoice)) return 'tools';
  if (stopSequences > profile.maxStopSequences) return 'stop';
  if (needs.webSearch === true && !profile.hasWebSearch) return 'web search';
  return undefined;
}

/** A sampling parameter as the provider takes it: within the range, and a multiple of the step without the noise of binary fractions. */
export function withinRange(value: number, { min, max, step }: SamplingRange): number {
  const clamped = Math.min(max, Math.max(min, value));
  if (step === undefined) return clamped;
  const perUnit = Math.round(1 / step);
  return Math.round(clamped * perUnit) / perUnit;
}

/** Whether a provider that names another model than the one asked for still means the same family (providers.md Q20). */
export function isOfFamily(modelAnswered: string, family: ModelFamily): boolean {
  const version = family === 'minimax-m2.7' ? '7' : '5';
  return new RegExp(`m2[.-]?${version}(?!\\d)`, 'i').test(modelAnswered);
}
