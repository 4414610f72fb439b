import type { CallResult } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import { correctUsage } from '../end-task.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { CallLayerPorts, PlannedCall, WorkerContext } from './call-layer.ts';
import type { Decision } from './call-progress.ts';
import { storeResult } from './call-results.ts';
import { createDecideCall } from './decide-call.ts';
import { parkCall } from './park-call.ts';

/** How a worker's turn at a call ended. */
export type CallTurn =
  /** Committed or failed, by this worker or by another; `busy`: another worker holds it; `stopped`: the task has ended or another run has it. */
  | { readonly kind: 'ended' | 'busy' | 'stopped' }
  /** Its provider has it and will announce the answer. */
  | { readonly kind: 'parked' }
  /** It can be paid for only when parked calls have been answered. */
  | { readonly kind: 'unfunded' }
  /** Nothing could be asked for now. */
  | { readonly kind: 'postponed'; readonly untilInMs: number };

type Turn = Promise<CallTurn>;

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
      const { parkedAttemptId } = claim;
      // What a provider has been asked for already is paid for: its answer comes before one from the cache.
      const cached = parkedAttemptId === undefined ? await cache.find(call) : undefined;
      if (cached !== undefined) return await commit(held, call, cached);
      // A later claim than the first: a worker may have died in the middle of a question.
      const isReclaimed = claim.fence > 1;
      const decision = await decide({ ...call, isReclaimed, parkedAttemptId }, context);
      return await carryOut(decision, held, call);
    } catch (error) {
      await release(ports, held).catch(() => undefined);
      throw error;
    }
  };

  async function carryOut(decision: Decision, held: HeldCall, call: PlannedCall): Turn {
    switch (decision.kind) {
      case 'commit':
        return await commit(held, call, decision.result);
      case 'fail':
        return await fail(held, decision.error);
      case 'park':
        await parkCall(ports, held, decision);
        return { kind: 'parked' };
      case 'postpone':
        await release(ports, held);
        return { kind: 'postponed', untilInMs: decision.untilInMs };
      case 'await-money':
        await release(ports, held);
        return { kind: 'unfunded' };
      case 'stop':
        await release(ports, held);
        // The task ended while this call was being asked: what it has cost is not yet in its usage.
        await correctUsage(ports, held.taskId);
        return { kind: 'stopped' };
    }
  }

  async function commit(held: HeldCall, call: PlannedCall, result: CallResult): Promise<CallTurn> {
    const { fence } = held;
    const inline = await storeResult(ports.objects, held, result);
    const { attemptId } = result;
    const isMine = await ports.calls.commit(held, { fence, attemptId, ...inline });
    if (!isMine) return afterLostClaim(ports, held);
    await ports.tasks.countEndedCall(held.taskId);
    if (!result.isCached) await cache.keep(call, held, result);
    return { kind: 'ended' };
  }

  async function fail(held: HeldCall, error: Problem): Promise<CallTurn> {
    const isMine = await ports.calls.fail(held, { fence: held.fence, error });
    if (!isMine) return afterLostClaim(ports, held);
    await ports.tasks.countEndedCall(held.taskId);
    const { taskId, callId } = held;
    ports.logger.warn('call-failed', { taskId, callId, code: error.code });
    return { kind: 'ended' };
  }
}

function release({ calls, clock }: CallLayerPorts, held: HeldCall): Promise<void> {
  return calls.release(held, { fence: held.fence, nowInMs: clock.now() });
}

function afterLostClaim({ logger }: CallLayerPorts, { taskId, callId }: HeldCall): CallTurn {
  logger.warn('claim-lost', { taskId, callId });
  return { kind: 'ended' };
}

interface HeldCall {
  readonly taskId: PlannedCall['task']['taskId'];
  readonly callId: PlannedCall['spec']['callId'];
  readonly fence: number;
}
