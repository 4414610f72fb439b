import { type CallRecord, type CallSpec, parkedAttemptOf } from '#shared/domain/call.ts';
import type { AttemptId, CallId } from '#shared/domain/ids.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { CallLayerPorts } from './call-layer.ts';
import type { CallTurn } from './run-call.ts';

export type Turn = CallTurn & { readonly callId: CallId };

/** Answers that a worker waits for: how many of its own calls are with a provider, and until when at most it is worth waiting. */
export interface Awaited {
  readonly parked: number;
  readonly untilInMs: number;
}

interface ParkedCall {
  readonly callId: CallId;
  readonly attemptId: AttemptId;
  readonly untilInMs: number;
}

/** The round that a worker works on. */
interface Round {
  readonly task: RunningTask;
  readonly stage: { readonly name: string };
  readonly round: number;
  /** Of all its workers. */
  readonly specs: readonly CallSpec[];
  readonly worker: { readonly index: number };
}

interface Standing {
  /** Calls of this worker that have not ended. */
  readonly open: readonly CallSpec[];
  readonly turns: readonly Turn[];
  /** Reads the records of the round. */
  readonly look: () => Promise<ReadonlyMap<string, CallRecord>>;
}

/**
 * Where a worker has nothing left to do but to wait for announced answers, leaves word of what it waits for; `undefined` where it has
 * something to do. What is announced before that word is found by looking once more, and what is announced after it finds the word.
 */
export function createWaitForAnswers(ports: Pick<CallLayerPorts, 'waits' | 'clock'>) {
  return async (batch: Round, { open, turns, look }: Standing): Promise<Awaited | undefined> => {
    const records = await look();
    const parked = parkedCallsOf(open, records, ports.clock.now());
    const waiting = new Set([...parked.map(({ callId }) => callId), ...unfundedIn(turns)]);
    if (!open.every(({ callId }) => waiting.has(callId))) return undefined;
    // Whoever has nothing at a provider waits for the money of those that have.
    const awaited =
      parked.length > 0 ? parked : parkedCallsOf(batch.specs, records, ports.clock.now());
    if (awaited.length === 0) return undefined;

    const { task, stage, round, worker } = batch;
    const place = { taskId: task.taskId, stage: stage.name, round, worker: worker.index };
    const attemptIds = awaited.map(({ attemptId }) => attemptId);
    await ports.waits.begin(place, { run: task.run, attemptIds, nowInMs: ports.clock.now() });
    const still = parkedCallsOf(batch.specs, await look(), ports.clock.now());
    const stillIds = new Set(still.map(({ attemptId }) => attemptId));
    if (!attemptIds.every((attemptId) => stillIds.has(attemptId))) return undefined;
    const untilInMs = Math.max(...awaited.map((each) => each.untilInMs));
    return { parked: parked.length, untilInMs };
  };
}

/** The calls among these that are with a provider, which will announce the answer. */
export function parkedCallsOf(
  specs: readonly CallSpec[],
  records: ReadonlyMap<string, CallRecord>,
  nowInMs: number,
): readonly ParkedCall[] {
  return specs.flatMap(({ callId }) => {
    const record = records.get(callId);
    const attemptId = parkedAttemptOf(record, nowInMs);
    if (attemptId === undefined || record?.state !== 'claimed') return [];
    return [{ callId, attemptId, untilInMs: record.leaseExpiresAtInMs }];
  });
}

/** Calls whose latest turn has found no money. */
function unfundedIn(turns: readonly Turn[]): readonly CallId[] {
  const latest = new Map(turns.map(({ callId, kind }) => [callId, kind]));
  return [...latest].flatMap(([callId, kind]) => (kind === 'unfunded' ? [callId] : []));
}
