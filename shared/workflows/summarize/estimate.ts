import type { CallSpec } from '#shared/domain/call.ts';
import { exactly, multiplied, type Range, type StageEstimate } from '#shared/domain/estimate.ts';
import type { StageContext } from '../definition.ts';
import { SummarizeParams } from './params.ts';
import { fanIn } from './reduce.ts';

/** Tokens of the rules that every question begins with. */
const rules = 700;
/** Of a note as `reduce` reads it, and as it answers with it. */
const tokensPerNote: Range = { low: 15, expected: 35, high: 60 };
/** Notes that a part of the document gives. */
const notesPerPart: Range = { low: 1, expected: 10, high: 24 };

/** Merging is a tree over the parts; polishing is one question with about twice as many points as fit. */
export function estimateSummary(
  context: StageContext,
  calls: readonly CallSpec[],
): readonly StageEstimate[] {
  const { maxWords } = SummarizeParams.parse(context.params);
  const merges = mergesOf(calls.length);
  const merged = multiplied(multiplied(exactly(calls.length), notesPerPart), tokensPerNote);
  // Every round reads what the round before has left.
  const rounds: Range = { low: 0.6, expected: 1.3, high: 2 };
  const points: Range = { low: 0, expected: maxWords * 2.5, high: maxWords * 5 };
  return [
    {
      stage: 'reduce',
      calls: { low: Math.min(1, merges), expected: merges, high: merges * 1.5 },
      inputTokens: plus(multiplied(merged, rounds), merges * rules),
      outputTokens: multiplied(merged, { low: 0.1, expected: 1, high: 2 }),
    },
    {
      stage: 'polish',
      calls: { low: 0, expected: 1, high: 1 },
      inputTokens: { low: 0, expected: points.expected + rules, high: points.high + rules * 2 },
      outputTokens: { low: 0, expected: maxWords * 2 + 700, high: maxWords * 4 + 4_000 },
    },
  ];
}

/** Inner nodes of a tree in which each has at most {@link fanIn} below it. */
function mergesOf(parts: number): number {
  if (parts <= 1) return 0;
  const nodes = Math.ceil(parts / fanIn);
  return nodes + mergesOf(nodes);
}

function plus(range: Range, amount: number): Range {
  return {
    low: range.low + amount * 0.5,
    expected: range.expected + amount,
    high: range.high + amount * 1.5,
  };
}
