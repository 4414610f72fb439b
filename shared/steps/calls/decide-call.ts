import type { CallResult, Message } from '#shared/domain/call.ts';
import { type ErrorCode, errorEntry, type Problem } from '#shared/domain/errors.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import { judgeAnswer, type Verdict } from './answer-ladder.ts';
import { type Ask, type AttemptResult, createAttempt } from './attempt.ts';
import { backoffInMs } from './backoff.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';

/** What is to be done with a call. */
export type Decision =
  | { readonly kind: 'commit'; readonly result: CallResult }
  | { readonly kind: 'fail'; readonly error: Problem }
  /** No time left: the next run of a worker takes it up again. */
  | { readonly kind: 'postpone' }
  /** The task has ended or another run has it. */
  | { readonly kind: 'stop' };

type RoutedCall = PlannedCall & { readonly model: LanguageModel };
type Answered = Extract<AttemptResult, { kind: 'answered' }>;
type Failed = Extract<AttemptResult, { kind: 'failed' }>;
/** A decision, or the next thing to ask. */
type Next = Decision | { readonly kind: 'ask'; readonly ask: Ask };

/** Asks until an answer is accepted or nothing more may be tried. Each attempt is charged to the task. */
export function createDecideCall(ports: CallLayerPorts) {
  const attempt = createAttempt(ports);

  return async (call: RoutedCall, context: WorkerContext): Promise<Decision> => {
    let next: Next = { kind: 'ask', ask: call.spec };
    let tries = 0;
    let asks = 0;
    while (next.kind === 'ask') {
      const { ask } = next;
      const result = await attempt(call, ask, context);
      if (result.kind === 'answered') {
        next = afterAnswer(ports, call, { result, ask, asks });
        asks += 1;
      } else if (result.kind === 'failed') {
        tries += 1;
        next = await afterFailure(ports, { call, result, ask, tries }, context);
      } else {
        next = withoutAttempt[result.kind];
      }
    }
    return next;
  };
}

const withoutAttempt: Readonly<Record<'stopped' | 'too-late' | 'unaffordable', Decision>> = {
  stopped: { kind: 'stop' },
  'too-late': { kind: 'postpone' },
  unaffordable: {
    kind: 'fail',
    error: {
      code: 'budget_exceeded',
      message: 'Expected the budget to cover the worst case of the call; it does not any more.',
    },
  },
};

function afterAnswer(
  ports: CallLayerPorts,
  call: RoutedCall,
  { result, ask, asks }: { result: Answered; ask: Ask; asks: number },
): Next {
  const { spec, stage, stageContext } = call;
  const isLastAsk = asks >= ports.settings.maxReasks;
  const verdict = judgeAnswer({ answer: result.answer, spec, stage, stageContext, isLastAsk });
  if (verdict.isAccepted) return { kind: 'commit', result: resultOf(call, result, verdict) };
  if (isLastAsk || errorEntry(verdict.code).retry === 'never') {
    return { kind: 'fail', error: unusable(verdict) };
  }
  return { kind: 'ask', ask: reask(call, ask, { text: result.answer.text, verdict }) };
}

async function afterFailure(
  ports: CallLayerPorts,
  { call, result, ask, tries }: { call: RoutedCall; result: Failed; ask: Ask; tries: number },
  context: WorkerContext,
): Promise<Next> {
  const isFinal = errorEntry(result.code).retry === 'never' || tries >= ports.settings.maxTries;
  if (isFinal) return { kind: 'fail', error: { code: result.code, message: result.message } };

  const nowInMs = ports.clock.now();
  const waitInMs = Math.max(result.retryAfterInMs ?? 0, backoffInMs(tries, ports.random));
  if (result.code === 'model_rate_limited') {
    await ports.gate.pause(call.model.profile.name, nowInMs + waitInMs);
  }
  const latestStart = context.deadlineAtInMs - ports.settings.longestCallInMs;
  if (nowInMs + waitInMs > latestStart) return { kind: 'postpone' };
  await ports.clock.sleep(waitInMs, context.signal);
  return { kind: 'ask', ask };
}

function resultOf(
  { spec, model }: RoutedCall,
  { attemptId }: Answered,
  verdict: Extract<Verdict, { isAccepted: true }>,
): CallResult {
  const { answer, isRepaired, faults } = verdict;
  const provider = model.profile.name;
  return {
    callId: spec.callId,
    attemptId,
    provider,
    answer,
    isRepaired,
    isCached: false,
    faults: [...faults],
  };
}

function unusable({ code, faults }: { code: ErrorCode; faults: readonly string[] }): Problem {
  return {
    code,
    message: `Expected an answer that can be used, after every re-ask; the last one had ${faults.length} faults.`,
    details: { faults: faults.length },
  };
}

/** More room for an answer that was cut or never began; otherwise the former answer with its faults. */
function reask(
  { spec }: RoutedCall,
  { maxOutputTokens }: Ask,
  former: { text: string; verdict: Extract<Verdict, { isAccepted: false }> },
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
