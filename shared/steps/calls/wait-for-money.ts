import type { Problem } from '#shared/domain/errors.ts';
import type { CallLayerPorts } from './call-layer.ts';
import type { CallProgress, Next } from './call-progress.ts';
import { payerOf } from './purse.ts';
import { waitOrPostpone } from './wait.ts';

const lookAgainInMs = 1_000;

/**
 * What to do with a call whose worst case the budget does not cover now. As long as other calls out of the same budget are in flight, they may give back
 * most of what they have reserved: it waits for them. When nothing moves any more, the task has run out.
 */
export async function waitForMoney(ports: CallLayerPorts, progress: CallProgress): Promise<Next> {
  const payer = await ports.tasks.get(payerOf(progress.call.task));
  const reservedInMicroUsd = payer?.budget.reservedInMicroUsd ?? 0;
  const nowInMs = ports.clock.now();
  const { money } = progress;
  if (reservedInMicroUsd === 0) {
    // What others held when this call was refused may have come back since: that is worth one more try.
    if (money?.reservedInMicroUsd === 0) return { kind: 'fail', error: unaffordable };
    progress.money = { reservedInMicroUsd, sinceInMs: nowInMs };
    return { kind: 'again' };
  }
  const hasMoved = money === undefined || money.reservedInMicroUsd !== reservedInMicroUsd;
  const since = hasMoved ? nowInMs : money.sinceInMs;
  // What a dead worker has reserved is never given back.
  if (nowInMs - since > ports.settings.longestCallInMs)
    return { kind: 'fail', error: unaffordable };
  progress.money = { reservedInMicroUsd, sinceInMs: since };
  return await waitOrPostpone(ports, progress.context, nowInMs + lookAgainInMs);
}

const unaffordable: Problem = {
  code: 'budget_exceeded',
  message: 'Expected the budget to cover the worst case of the call; it does not any more.',
};
