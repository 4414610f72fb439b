import type { CallSpec, Message, StartedAttempt } from '#shared/domain/call.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { AnswerIndex } from '#shared/ports/answer-index.ts';
import type { AnswerWaits } from '#shared/ports/answer-waits.ts';
import type { CallStore, UsageLedger } from '#shared/ports/call-store.ts';
import type { CircuitBreaker } from '#shared/ports/circuit.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ProviderGate } from '#shared/ports/gate.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Logger } from '#shared/ports/logger.ts';
import type { Metrics } from '#shared/ports/metrics.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { ConcurrencySlots } from '#shared/ports/slots.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';
import type { ModelStage, StageContext } from '#shared/workflows/definition.ts';

export interface CallSettings {
  /** How long a claim holds without news of its worker: longer than any call takes. */
  readonly leaseInMs: number;
  /** An attempt is started only when the worker has at least this much time left. */
  readonly longestCallInMs: number;
  /** Tries of one question that a provider fails to serve. */
  readonly maxTries: number;
  /** Times the model is asked again because its answer does not fit. */
  readonly maxReasks: number;
  /** How long the delivery of an answer is waited for before the provider is asked for it. */
  readonly deliveryWaitInMs: number;
  /** After this long an answer that was to be delivered is given up. */
  readonly longestDeliveryInMs: number;
  /** Calls that one worker keeps in flight. */
  readonly callsPerWorker: number;
  /** An identical question of the same tenant is not paid twice. */
  readonly isCacheEnabled: boolean;
}

/** What the call layer stands on. */
export interface CallLayerPorts {
  readonly tasks: TaskStore;
  readonly calls: CallStore;
  readonly answers: AnswerIndex;
  readonly ledger: UsageLedger;
  readonly waits: AnswerWaits;
  readonly objects: ObjectStore;
  readonly gate: ProviderGate;
  readonly slots: ConcurrencySlots;
  readonly circuit: CircuitBreaker;
  /** Where a provider may announce the answer of an attempt; absent where nobody listens. */
  readonly callbackUrlOf?: ((attempt: StartedAttempt) => Promise<string>) | undefined;
  /** In the order of the deployment's settings. */
  readonly models: readonly LanguageModel[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly settings: CallSettings;
}

/** A call with what its stage knows of it. */
export interface PlannedCall {
  readonly task: RunningTask;
  readonly spec: CallSpec;
  readonly stage: ModelStage;
  readonly stageContext: StageContext;
}

/** Until when and how long a worker may work. */
export interface WorkerContext {
  readonly deadlineAtInMs: number;
  readonly signal: AbortSignal;
  /** Whether calls of the same round wait at their provider: what they have reserved comes back when they are answered. */
  readonly hasParkedCalls?: () => boolean;
}

/** What is asked in one attempt. */
export interface Ask {
  readonly messages: readonly Message[];
  readonly maxOutputTokens: number;
}
