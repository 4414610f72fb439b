import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';
import { readDelivery } from '../calls/delivery-token.ts';

/** Takes note of a delivery, by the token of its address. Tells nothing of what became of it. */
export type TakeDelivery = (token: string) => Promise<void>;

interface TakeDeliveryPorts {
  readonly tasks: TaskStore;
  readonly calls: Pick<CallStore, 'unpark'>;
  readonly ledger: Pick<UsageLedger, 'noteDelivery'>;
  readonly waits: Pick<AnswerWaits, 'arrive'>;
  readonly engine: Pick<WorkflowEngine, 'answer'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** Of the addresses. */
  readonly readKey: () => Promise<Uint8Array>;
}

/**
 * A provider says that an answer is there. That is a hint and no more: nothing of the delivery is read or kept, and the answer is
 * fetched with our own key by the worker that this wakes. Every write is conditional and may be repeated, so a duplicate changes nothing,
 * a forged or late one finds nothing to change (I11), and one that failed half-way is made whole by the next.
 *
 * The order matters. The attempt is marked first, which a worker that is just leaving its call looks at after it has left; then the call
 * is let go, which a worker that is just leaving word of what it waits for looks at after that; then the word itself.
 */
export function createTakeDelivery(ports: TakeDeliveryPorts): TakeDelivery {
  const { tasks, calls, ledger, waits, engine, clock, logger } = ports;
  return async (token) => {
    const nowInMs = clock.now();
    const claims = readDelivery(await ports.readKey(), token, { nowInMs });
    if (claims === undefined) {
      logger.warn('delivery-refused', { code: 'unauthorized' });
      return;
    }
    const { taskId, callId, attemptId } = claims;
    const task = await tasks.get(taskId);
    if (task?.status !== 'RUNNING') {
      logger.info('delivery-late', { taskId, callId });
      return;
    }
    const isOpen = await ledger.noteDelivery(taskId, attemptId, nowInMs);
    await calls.unpark({ taskId, callId }, { attemptId, nowInMs });
    const tokens = await waits.arrive({ taskId, callId }, attemptId);
    for (const each of tokens) await engine.answer(each, { isSuccess: true, output: {} });
    logger.info('delivery', { taskId, callId, isOpen });
  };
}
