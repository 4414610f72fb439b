import type { CallResult } from '#shared/domain/call.ts';
import type { Problem } from '#shared/domain/errors.ts';
import type { AttemptId } from '#shared/domain/ids.ts';
import type { LanguageModel } from '#shared/ports/language-model.ts';
import type { Ask, PlannedCall, WorkerContext } from './call-layer.ts';
import type { Router } from './route.ts';

/** What is to be done with a call. */
export type Decision =
  | { readonly kind: 'commit'; readonly result: CallResult }
  | { readonly kind: 'fail'; readonly error: Problem }
  /** Nothing can be asked for now: a worker takes it up again, not before the time. */
  | { readonly kind: 'postpone'; readonly untilInMs: number }
  /** The provider has the question and will announce its answer. */
  | { readonly kind: 'park'; readonly attemptId: AttemptId; readonly askedAtInMs: number }
  /** The budget covers it only when calls that are parked have been answered. */
  | { readonly kind: 'await-money' }
  /** The task has ended or another run has it. */
  | { readonly kind: 'stop' };

/** A decision, or the next try. */
export type Next = Decision | { readonly kind: 'again' };

/** A call while it is being decided. */
export interface CallProgress {
  readonly call: PlannedCall;
  readonly context: WorkerContext;
  readonly router: Router;
  readonly startedAtInMs: number;
  ask: Ask;
  /** Answers that came and were not accepted. */
  rejections: number;
  readonly tries: Map<LanguageModel, number>;
  /** What other calls had reserved when this one could not, and since when that has not changed. */
  money?: { readonly reservedInMicroUsd: number; readonly sinceInMs: number };
}
