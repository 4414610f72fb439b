import type { StartedAttempt } from '#shared/domain/call.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { UsageLedger } from '#shared/ports/call-store.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { PlannedCall } from './call-layer.ts';

/** An attempt that another worker has left open. */
export interface LeftAttempt {
  readonly model: LanguageModel;
  readonly started: StartedAttempt;
  /** Its provider has accepted the question. */
  readonly isAccepted: boolean;
}

/** The attempt whose answer a provider was to deliver, if it is still open and the provider still configured. */
export async function findParked(
  ledger: UsageLedger,
  { task, parkedAttemptId }: PlannedCall & { readonly parkedAttemptId: AttemptId },
  models: readonly LanguageModel[],
): Promise<LeftAttempt | undefined> {
  const started = await ledger.find(task.taskId, parkedAttemptId);
  const model = models.find(({ profile }) => profile.name === started?.provider);
  if (started?.state !== 'started' || model === undefined) return undefined;
  return { model, started, isAccepted: true };
}

/**
 * The attempt that a dead worker has left open for a call, at a provider that knows a repeated question again by its id. At any other
 * provider a repetition would be a second question, and a second bill.
 */
export async function findInterrupted(
  ledger: UsageLedger,
  { task, spec }: PlannedCall,
  models: readonly LanguageModel[],
): Promise<LeftAttempt | undefined> {
  const repeatable = models.filter(({ profile }) => profile.knowsRepeats);
  if (repeatable.length === 0) return undefined;
  const attempts = await ledger.list(task.taskId);
  for (const started of attempts) {
    if (started.state !== 'started' || started.callId !== spec.callId) continue;
    const model = repeatable.find(({ profile }) => profile.name === started.provider);
    if (model !== undefined && started.requestId !== undefined) {
      return { model, started, isAccepted: false };
    }
  }
  return undefined;
}
