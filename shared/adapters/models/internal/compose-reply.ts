import type { TokenUsage } from '#shared/domain/usage.ts';
import type { ModelReply, ToolCall } from '#shared/ports/language-model.ts';
import { type Classify, failed, failureInside, protocolFailure } from './failures.ts';
import { finishReasonOf } from './finish-reason.ts';
import { joinParts } from './join-parts.ts';
import { splitThinking } from './thinking.ts';

/** All that has come of an answer, whatever protocol brought it. */
export interface AnswerParts {
  /** The text in the parts in which it came, maybe with thinking at its head. */
  readonly contents: readonly string[];
  /** Thinking beside the text. */
  readonly reasonings: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  /** In OpenAI's words. Without one the answer was cut: never a clean end. */
  readonly finishReason: string | undefined;
  readonly usage: TokenUsage;
  readonly modelAnswered: string | undefined;
  readonly reportedCostInMicroUsd?: number | undefined;
}

/** The reply when all has come: the text without thinking, or what is wrong with it. */
export function composeReply(parts: AnswerParts, classify: Classify): ModelReply {
  const { finishReason, usage, toolCalls, modelAnswered, reportedCostInMicroUsd } = parts;
  if (finishReason === undefined)
    return failed(protocolFailure('a finish reason at the end', usage));
  if (finishReason === 'error' || finishReason === 'abort') {
    return failed(failureInside({}, { usage, classify }));
  }
  if (finishReason === 'stop' && isNothing(parts)) {
    return failed(protocolFailure('an answer, however short', usage));
  }
  const split = splitThinking(joinParts(parts.contents));
  return {
    isAnswer: true,
    answer: {
      text: split.text,
      toolCalls,
      // It may come twice, in the content and beside it (providers.md Q5).
      thinkingLength: Math.max(split.thinkingLength, joinParts(parts.reasonings).length),
      finishReason: finishReasonOf(finishReason),
      usage,
      modelAnswered,
      ...(reportedCostInMicroUsd === undefined ? {} : { reportedCostInMicroUsd }),
    },
  };
}

/** Not so much as an empty text has come. */
function isNothing({ contents, reasonings, toolCalls }: AnswerParts): boolean {
  return contents.length === 0 && reasonings.length === 0 && toolCalls.length === 0;
}
