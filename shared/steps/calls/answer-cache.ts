import type { CallResult } from '#shared/domain/call.ts';
import type { AnsweringCall, KnownQuestion } from '#shared/ports/answer-index.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import { judgeAnswer } from './answer-ladder.ts';
import { callKey } from './call-key.ts';
import type { CallLayerPorts, PlannedCall } from './call-layer.ts';
import { loadResult } from './call-results.ts';
import { candidateModels } from './route.ts';

/** Accepted answers by question, for each tenant: an identical call is not paid for twice. */
export interface AnswerCache {
  /** An answer that still passes the stage's checks; `undefined` otherwise. */
  find(call: PlannedCall): Promise<CallResult | undefined>;
  /** `place`: where the result is committed. */
  keep(call: PlannedCall, place: AnsweringCall, result: CallResult): Promise<void>;
}

export function createAnswerCache(
  ports: Pick<CallLayerPorts, 'answers' | 'calls' | 'objects' | 'clock' | 'settings' | 'models'>,
): AnswerCache {
  const questionOf = ({ task, spec, stage }: PlannedCall): KnownQuestion => {
    const [{ profile }] = candidateModels(ports.models, task);
    return { tenantId: task.tenantId, digest: callKey(profile.modelFamily, spec, stage) };
  };
  const resultOf = async (question: KnownQuestion): Promise<CallResult | undefined> => {
    const place = await ports.answers.find(question);
    const record = place === undefined ? undefined : await ports.calls.get(place);
    if (place === undefined || record?.state !== 'committed') return undefined;
    // Another claim of the call may have answered another question since.
    if (record.fence !== place.fence) return undefined;
    return await loadResult(ports.objects, place.taskId, record);
  };
  // What was found on the web is another thing tomorrow.
  const isCacheable = ({ task }: PlannedCall) =>
    ports.settings.isCacheEnabled && task.options.webSearch !== true;

  return {
    async find(call) {
      if (!isCacheable(call)) return undefined;
      const stored = await resultOf(questionOf(call)).catch(() => undefined);
      // What the simulator has answered is no answer of the model, and the other way round.
      const [model] = candidateModels(ports.models, call.task);
      if (stored === undefined || isOfAnotherKind(stored, model)) return undefined;
      const { spec, stage, stageContext } = call;
      const answer = { text: JSON.stringify(stored.answer), finishReason: 'stop' as const };
      const verdict = judgeAnswer({ answer, spec, stage, stageContext, isLastAsk: false });
      if (!verdict.isAccepted) return undefined;
      return { ...stored, callId: spec.callId, answer: verdict.answer, isCached: true };
    },
    async keep(call, { taskId, callId, fence }, result) {
      // An answer with faults was good enough once, when nothing better was to be had.
      if (!isCacheable(call) || result.faults.length > 0) return;
      await ports.answers.keep(questionOf(call), { taskId, callId, fence }, ports.clock.now());
    },
  };
}

function isOfAnotherKind(stored: CallResult, model: LanguageModel): boolean {
  return (stored.provider === 'simulator') !== (model.profile.name === 'simulator');
}
