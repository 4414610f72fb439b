import type { CallSpec } from '#shared/domain/call.ts';
import { multiplied, type StageEstimate, sumOfRanges } from '#shared/domain/estimate.ts';
import type { StageContext } from '../definition.ts';
import { answerStage } from './answer.ts';
import { retrieveStage } from './retrieve.ts';

const charactersPerToken = 4;
/** How many questions are looked at a second time: none, some, or all of them, with this much more to read. */
const secondLooks = { low: 0, expected: 0.3, high: 1 };
const secondLookSize = { low: 1, expected: 2, high: 3 };

/**
 * The answers, told by a real search with the questions' own words: what the rewrites find besides takes the place of other passages, so
 * that the questions are about as long.
 */
export function estimateAnswers(context: StageContext): readonly StageEstimate[] {
  const earlier = (stage: string) => (stage === 'retrieve' ? retrieved : undefined);
  const retrieved = retrieveStage.run({ ...context, earlier: () => undefined });
  const calls = answerStage.plan({
    ...context,
    earlier,
    round: 0,
    chunks: [],
    previous: undefined,
  });
  const input = sumOfRanges(calls.map(inputTokensOf));
  const output = sumOfRanges(calls.flatMap((spec) => answerStage.answerTokens?.(spec) ?? []));
  const looks = { low: 1, expected: 1 + secondLooks.expected, high: 1 + secondLooks.high };
  const reading = {
    low: 1,
    expected: 1 + secondLooks.expected * secondLookSize.expected,
    high: 1 + secondLooks.high * secondLookSize.high,
  };
  return [
    {
      stage: answerStage.name,
      calls: multiplied(looks, calls.length),
      inputTokens: multiplied(input, reading),
      outputTokens: multiplied(output, looks),
    },
  ];
}

function inputTokensOf({ messages }: CallSpec) {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const expected = Math.ceil(characters / charactersPerToken);
  return { low: expected * 0.8, expected, high: expected * 1.4 };
}
