import * as z from 'zod';
import { ProviderName } from './providers.ts';

/** A figure that is known only within bounds. */
export const Range = z.object({
  low: z.number().min(0),
  expected: z.number().min(0),
  high: z.number().min(0),
});
export type Range = z.infer<typeof Range>;

/** What a stage will ask; tokens are those of all its calls together, thinking included. */
export const StageEstimate = z.object({
  stage: z.string(),
  calls: Range,
  inputTokens: Range,
  outputTokens: Range,
});
export type StageEstimate = z.infer<typeof StageEstimate>;

/** What a task will take, told from its parsed documents before anything is asked. */
export const Estimate = z.object({
  stages: z.array(StageEstimate),
  calls: Range,
  inputTokens: Range,
  outputTokens: Range,
  costInMicroUsd: Range,
  minutes: Range,
  /** Whose price and limits it reckons with: the provider that is tried first. */
  provider: ProviderName,
  /** That provider publishes no price, so that the cost is by another's. */
  isPriceAssumed: z.boolean(),
});
export type Estimate = z.infer<typeof Estimate>;

/** A figure that is known. */
export function exactly(value: number): Range {
  return { low: value, expected: value, high: value };
}

/** Sum of ranges; {@link exactly} 0 of none. */
export function sumOfRanges(ranges: readonly Range[]): Range {
  const sum = (pick: (range: Range) => number) =>
    ranges.reduce((total, range) => total + pick(range), 0);
  return {
    low: sum(({ low }) => low),
    expected: sum(({ expected }) => expected),
    high: sum(({ high }) => high),
  };
}

/** A range with all of its figures multiplied, each by the same factor or low by low, expected by expected, high by high. */
export function multiplied(range: Range, factor: number | Range): Range {
  const by = typeof factor === 'number' ? exactly(factor) : factor;
  return {
    low: range.low * by.low,
    expected: range.expected * by.expected,
    high: range.high * by.high,
  };
}
