import type { CallResult, CallSpec, Message } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Verdict } from './answer-ladder.ts';
import type { Ask, PlannedCall } from './call-layer.ts';

type Accepted = Extract<Verdict, { isAccepted: true }>;
type Rejected = Extract<Verdict, { isAccepted: false }>;

/** The result of a call whose answer was accepted. */
export function resultOf(
  { spec }: PlannedCall,
  { model, attemptId }: { model: LanguageModel; attemptId: AttemptId },
  { answer, isRepaired, faults }: Accepted,
): CallResult {
  return {
    callId: spec.callId,
    attemptId,
    provider: model.profile.name,
    answer,
    isRepaired,
    isCached: false,
    faults: [...faults],
  };
}

/** Why a call ends without a result although it was answered. */
export function unusable({ code, faults }: Rejected): Problem {
  return {
    code,
    message: `Expected an answer that can be used, after every re-ask; the last one had ${faults.length} faults.`,
    details: { faults: faults.length },
  };
}

/** More room for an answer that was cut or never began; otherwise the former answer with its faults. */
export function reask(
  spec: CallSpec,
  { maxOutputTokens }: Ask,
  former: { text: string; verdict: Rejected },
): Ask {
  const { code, faults } = former.verdict;
  if (code === 'answer_truncated' || code === 'answer_empty') {
    return { messages: spec.messages, maxOutputTokens: maxOutputTokens * 2 };
  }
  const answer: Message = { role: 'assistant', content: former.text };
  const correction: Message = {
    role: 'user',
    content: [
      'Your answer cannot be used. What is wrong with it:',
      ...faults.map((fault) => `- ${fault}`),
      'Answer the question again, as a whole and in the form that was asked for. Correct these points and keep what was right.',
    ].join('\n'),
  };
  return { messages: [...spec.messages, answer, correction], maxOutputTokens };
}
