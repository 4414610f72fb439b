import { setMaxListeners } from 'node:events';
import type { CallRecord, CallSpec } from '#shared/domain/call.ts';
import type { CallId } from '#shared/domain/ids.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { ModelStage, StageContext } from '#shared/workflows/definition.ts';
import type { CallLayerPorts, WorkerContext } from './call-layer.ts';
import { candidateModels } from './route.ts';
import { type CallTurn, createRunCall } from './run-call.ts';
import {
  type Awaited,
  createWaitForAnswers,
  parkedCallsOf,
  type Turn,
} from './wait-for-answers.ts';

export interface Batch {
  readonly task: RunningTask;
  readonly round: number;
  /** All calls of the stage's round, the same for every worker. */
  readonly specs: readonly CallSpec[];
  readonly stage: ModelStage;
  readonly stageContext: StageContext;
  readonly worker: { readonly index: number; readonly count: number };
}

export interface BatchResult {
  /** Calls that have not ended and that this worker must come back for. */
  readonly remaining: number;
  /** The task has ended or another run has it. */
  readonly isStopped: boolean;
  /** When it is worth to come back, where all that remain can only wait. */
  readonly resumeAtInMs: number | undefined;
  /** Where all that remain wait for answers that providers will announce. */
  readonly awaited: Awaited | undefined;
}

/** How often a worker looks whether the calls that others hold for it have ended. */
const lookAgainInMs = 1_000;

/**
 * Runs the calls of a round as one of its workers: its own stripe first, then whatever the others have not begun, many in flight at once.
 * A worker answers for its stripe alone: where another one holds a call of it, it waits for the end of that call or of its lease. It
 * starts nothing when its time runs out, and says how many are left.
 */
export function createRunBatch(ports: CallLayerPorts) {
  const runCall = createRunCall(ports);
  const waitForAnswers = createWaitForAnswers(ports);

  return async (batch: Batch, context: WorkerContext): Promise<BatchResult> => {
    // Every call in flight listens to it: many listeners are no leak.
    setMaxListeners(0, context.signal);
    const candidates = candidateModels(ports.models, batch.task);
    const mostInFlight = Math.max(...candidates.map(({ profile }) => profile.limits.maxInFlight));
    const lane = { batch, width: Math.min(ports.settings.callsPerWorker, mostInFlight) };

    const parked = new Set<CallId>();
    const drainContext = { ...context, hasParkedCalls: () => parked.size > 0 };
    const turns = await drain({ specs: inOrderOf(batch), parked }, lane, drainContext);
    let awaited: Awaited | undefined;
    let open = await openCalls(batch);
    while (open.length > 0 && !turns.some(endsTheRun)) {
      awaited = await waitForAnswers(batch, { open, turns, look: () => recordsOf(batch) });
      if (awaited !== undefined || !hasTime(context)) break;
      await ports.clock.sleep(lookAgainInMs, context.signal);
      turns.push(...(await drain({ specs: open, parked }, lane, drainContext)));
      open = await openCalls(batch);
    }
    return {
      remaining: open.length,
      isStopped: turns.some(({ kind }) => kind === 'stopped'),
      resumeAtInMs: earliestOf(turns),
      awaited,
    };
  };

  /** Takes the calls in order, up to `width` at once, and tells how each turn ended. */
  async function drain(
    { specs, parked }: { specs: readonly CallSpec[]; parked: Set<CallId> },
    { batch, width }: Lane,
    context: WorkerContext,
  ): Promise<Turn[]> {
    const { task, stage, stageContext } = batch;
    const records = await recordsOf(batch);
    parked.clear();
    for (const { callId } of parkedCallsOf(batch.specs, records, ports.clock.now())) {
      parked.add(callId);
    }
    const queue = specs.filter((spec) => isFree(records.get(spec.callId), task.run));
    const turns: Turn[] = [];
    const runNext = async (): Promise<void> => {
      const isStopped = turns.some(({ kind }) => kind === 'stopped');
      const spec = isStopped ? undefined : queue.shift();
      if (spec === undefined) return;
      const turn = await runCall({ task, spec, stage, stageContext }, context);
      if (turn.kind === 'parked') parked.add(spec.callId);
      turns.push({ ...turn, callId: spec.callId });
      await runNext();
    };
    await Promise.all(Array.from({ length: Math.min(queue.length, width) }, runNext));
    return turns;
  }

  async function openCalls(batch: Batch): Promise<CallSpec[]> {
    const records = await recordsOf(batch);
    return stripeOf(batch, batch.worker.index).filter((spec) => {
      const record = records.get(spec.callId);
      return record === undefined || isOpen(record, batch.task.run);
    });
  }

  async function recordsOf({ task, stage, round }: Batch): Promise<Map<string, CallRecord>> {
    const records = await ports.calls.list(task.taskId, stage.name, round);
    return new Map(records.map((record) => [record.callId, record]));
  }

  /** Whether it is worth to claim a call: nobody has ended it, and nobody of this run is at it. */
  function isFree(record: CallRecord | undefined, run: number): boolean {
    if (record === undefined) return true;
    if (!isOpen(record, run)) return false;
    if (record.state !== 'claimed' || record.run < run) return true;
    return record.leaseExpiresAtInMs <= ports.clock.now();
  }

  function hasTime(context: WorkerContext): boolean {
    return ports.clock.now() < context.deadlineAtInMs - ports.settings.longestCallInMs;
  }
}

interface Lane {
  readonly batch: Batch;
  readonly width: number;
}

/** Whether a call is still to be decided: a call that failed in an older run is, since a new run is a new chance. */
function isOpen(record: CallRecord, run: number): boolean {
  if (record.state === 'failed') return record.run < run;
  return record.state === 'claimed';
}

function endsTheRun({ kind }: CallTurn): boolean {
  return kind === 'stopped' || kind === 'postponed';
}

function earliestOf(turns: readonly CallTurn[]): number | undefined {
  const times = turns.flatMap((turn) => (turn.kind === 'postponed' ? [turn.untilInMs] : []));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The worker's own stripe, then those of its neighbours in turn: two workers meet only at the end. */
function inOrderOf(batch: Batch): CallSpec[] {
  const { index, count } = batch.worker;
  return Array.from({ length: count }, (_, offset) =>
    stripeOf(batch, (index + offset) % count),
  ).flat();
}

function stripeOf({ specs, worker }: Batch, stripe: number): CallSpec[] {
  return specs.filter((_, index) => index % worker.count === stripe);
}
