import type { CallResult } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import { correctUsage } from '../end-task.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';
import { storeResult } from './call-results.ts';
import { createDecideCall } from './decide-call.ts';

/** How a worker's turn at a call ended. */
export type CallTurn =
  /** Committed or failed, by this worker or by another; `busy`: another worker holds it; `stopped`: the task has ended or another run has it. */
  | { readonly kind: 'ended' | 'busy' | 'stopped' }
  /** Nothing could be asked for now. */
  | { readonly kind: 'postponed'; readonly untilInMs: number };

/**
 * One call, from claim to commit (design, § A call): claimed calls only, the cache first, then attempts until an answer is accepted or
 * nothing more may be tried. Only the holder of the claim commits, so a late answer changes nothing but the ledger (I3).
 */
export function createRunCall(ports: CallLayerPorts) {
  const decide = createDecideCall(ports);
  const cache = createAnswerCache(ports);

  return async (call: PlannedCall, context: WorkerContext): Promise<CallTurn> => {
    const { taskId, run } = call.task;
    const place = { taskId, callId: call.spec.callId };
    const { leaseInMs } = ports.settings;
    const claim = await ports.calls.claim(place, { run, nowInMs: ports.clock.now(), leaseInMs });
    if (claim.outcome !== 'claimed') return { kind: claim.outcome };

    const held = { ...place, fence: claim.fence };
    try {
      const cached = await cache.find(call);
      if (cached !== undefined) return await commit(held, call, cached);
      // A later claim than the first: a worker may have died in the middle of a question.
      const isReclaimed = claim.fence > 1;
      const decision = await decide({ ...call, isReclaimed }, context);
      if (decision.kind === 'commit') return await commit(held, call, decision.result);
      if (decision.kind === 'fail') return await fail(held, decision.error);
      await release(held);
      if (decision.kind === 'postpone') return { kind: 'postponed', untilInMs: decision.untilInMs };
      // The task ended while this call was being asked: what it has cost is not yet in its usage.
      await correctUsage(ports, taskId);
      return { kind: 'stopped' };
    } catch (error) {
      await release(held).catch(() => undefined);
      throw error;
    }
  };

  async function commit(held: HeldCall, call: PlannedCall, result: CallResult): Promise<CallTurn> {
    const { fence } = held;
    const inline = await storeResult(ports.objects, held, result);
    const isMine = await ports.calls.commit(held, {
      fence,
      attemptId: result.attemptId,
      ...inline,
    });
    if (!isMine) return await afterLostClaim(held);
    await ports.tasks.countEndedCall(held.taskId);
    if (!result.isCached) await cache.keep(call, held, result);
    return { kind: 'ended' };
  }

  async function fail(held: HeldCall, error: Problem): Promise<CallTurn> {
    const isMine = await ports.calls.fail(held, { fence: held.fence, error });
    if (!isMine) return await afterLostClaim(held);
    await ports.tasks.countEndedCall(held.taskId);
    const { taskId, callId } = held;
    ports.logger.warn('call-failed', { taskId, callId, code: error.code });
    return { kind: 'ended' };
  }

  async function afterLostClaim(held: HeldCall): Promise<CallTurn> {
    ports.logger.warn('claim-lost', { taskId: held.taskId, callId: held.callId });
    return { kind: 'ended' };
  }

  function release(held: HeldCall): Promise<void> {
    return ports.calls.release(held, { fence: held.fence, nowInMs: ports.clock.now() });
  }
}

interface HeldCall {
  readonly taskId: PlannedCall['task']['taskId'];
  readonly callId: PlannedCall['spec']['callId'];
  readonly fence: number;
}
