import type { CallId, TaskId } from '#shared/domain/ids.ts';
import type { CallLayerPorts } from './call-layer.ts';
import type { Decision } from './call-progress.ts';

/** How far the clocks of two functions may be apart; a provider may also announce an answer a moment before it has it. */
const clockToleranceInMs = 5_000;

/**
 * Leaves a claimed call with its provider: the claim is kept by a lease that nobody works under. An announcement ends the lease, also
 * one that came before the provider's reply to the question did; an older one has been followed up in vain and counts no more.
 */
export async function parkCall(
  { calls, ledger, clock, settings }: CallLayerPorts,
  held: { readonly taskId: TaskId; readonly callId: CallId; readonly fence: number },
  { attemptId, askedAtInMs }: Extract<Decision, { kind: 'park' }>,
): Promise<void> {
  const untilInMs = clock.now() + settings.deliveryWaitInMs;
  await calls.park(held, { fence: held.fence, attemptId, untilInMs });
  const attempt = await ledger.find(held.taskId, attemptId);
  const deliveredAtInMs = attempt?.deliveredAtInMs ?? Number.NEGATIVE_INFINITY;
  if (deliveredAtInMs < askedAtInMs - clockToleranceInMs) return;
  await calls.unpark(held, { attemptId, nowInMs: clock.now() });
}
