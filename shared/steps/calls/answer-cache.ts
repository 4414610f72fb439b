import { CallResult } from '#shared/domain/call.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import { getJson, putJson } from '../json-objects.ts';
import { judgeAnswer } from './answer-ladder.ts';
import { callKey } from './call-key.ts';
import type { CallLayerPorts, PlannedCall } from './call-layer.ts';
import { candidateModels } from './route.ts';

/** Accepted answers by question, for each tenant: an identical call is not paid for twice. */
export interface AnswerCache {
  /** An answer that still passes the stage's checks; `undefined` otherwise. */
  find(call: PlannedCall): Promise<CallResult | undefined>;
  keep(call: PlannedCall, result: CallResult): Promise<void>;
}

export function createAnswerCache(
  ports: Pick<CallLayerPorts, 'objects' | 'settings' | 'models'>,
): AnswerCache {
  const keyOf = ({ task, spec, stage }: PlannedCall) => {
    const [{ profile }] = candidateModels(ports.models, task);
    return objectKeys.cached(task.tenantId, callKey(profile.modelFamily, spec, stage));
  };
  // What was found on the web is another thing tomorrow.
  const isCacheable = ({ task }: PlannedCall) =>
    ports.settings.isCacheEnabled && task.options.webSearch !== true;

  return {
    async find(call) {
      if (!isCacheable(call)) return undefined;
      const stored = await getJson(ports.objects, keyOf(call), CallResult).catch(() => undefined);
      // What the simulator has answered is no answer of the model, and the other way round.
      const [model] = candidateModels(ports.models, call.task);
      if (stored === undefined || isOfAnotherKind(stored, model)) return undefined;
      const { spec, stage, stageContext } = call;
      const answer = { text: JSON.stringify(stored.answer), finishReason: 'stop' as const };
      const verdict = judgeAnswer({ answer, spec, stage, stageContext, isLastAsk: false });
      if (!verdict.isAccepted) return undefined;
      return { ...stored, callId: spec.callId, answer: verdict.answer, isCached: true };
    },
    async keep(call, result) {
      // An answer with faults was good enough once, when nothing better was to be had.
      if (!isCacheable(call) || result.faults.length > 0) return;
      await putJson(ports.objects, keyOf(call), result);
    },
  };
}

function isOfAnotherKind(stored: CallResult, model: LanguageModel): boolean {
  return (stored.provider === 'simulator') !== (model.profile.name === 'simulator');
}
