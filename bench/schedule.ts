import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { callSettingsOf } from '#shared/runtime/call-settings.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import {
  benchTask,
  callSpecs,
  sleepingModel,
  stageContext,
  trivialStage,
} from './call-fixtures.ts';
import { printTable, ratio } from './table.ts';

const calls = 200;
const inFlight = 32;
const workers = 8;
/** Log-normal latencies with a long tail, as language models have them; a call of M2.7 takes 20 s, this bench shall end sooner. */
const medianInMs = 8_000;
const sigma = 0.6;

/** Makespan of 200 calls with 32 in flight, over the real stores, divided by that of the ideal schedule of the same latencies. */
export async function benchSchedule(): Promise<void> {
  const latencies = logNormal(calls);
  const started: number[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'quire-bench-'));
  const state = await openLocalState(join(directory, 'state'));
  const ports = {
    ...state,
    objects: createFileObjectStore({ directory: join(directory, 'objects') }),
    models: [
      sleepingModel((index) => {
        started.push(latencies[index] ?? medianInMs);
        return latencies[index] ?? medianInMs;
      }, inFlight),
    ],
    clock: createSystemClock(),
    ids: createRandomIds(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: Math.random,
    settings: { ...callSettingsOf({}), isCacheEnabled: false },
  };
  const task = await benchTask(state.tasks, ports.ids);
  const specs = callSpecs(calls);
  const runBatch = createRunBatch(ports);
  const context = {
    deadlineAtInMs: ports.clock.now() + 900_000,
    signal: new AbortController().signal,
  };

  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      runBatch(
        {
          task,
          round: 0,
          specs,
          stage: trivialStage,
          stageContext,
          worker: { index, count: workers },
        },
        context,
      ),
    ),
  );
  const makespanInMs = performance.now() - startedAt;
  // The same calls in the order in which they were started, so that luck with the long ones at the end does not count.
  const idealInMs = idealMakespan(started, inFlight);
  const boundInMs = Math.max(
    latencies.reduce((sum, each) => sum + each, 0) / inFlight,
    ...latencies,
  );
  printTable(
    ['calls', 'in flight', 'lower bound of any order', 'ideal', 'measured', 'measured ÷ ideal'],
    [
      [
        String(calls),
        String(inFlight),
        seconds(boundInMs),
        seconds(idealInMs),
        seconds(makespanInMs),
        ratio(makespanInMs / idealInMs),
      ],
    ],
  );
  await state.close();
  await rm(directory, { recursive: true, force: true });
}

/** The ideal: no overhead at all, each free lane takes the next call. */
function idealMakespan(latencies: readonly number[], lanes: number): number {
  const freeAt = Array.from({ length: lanes }, () => 0);
  for (const latency of latencies) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    freeAt[next] = (freeAt[next] ?? 0) + latency;
  }
  return Math.max(...freeAt);
}

/** The same latencies in every run: a seeded generator (mulberry32) and the Box–Muller transform. */
function logNormal(count: number): number[] {
  let state = 42;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return medianInMs * Math.exp(sigma * normal);
  });
}

function seconds(durationInMs: number): string {
  return `${(durationInMs / 1_000).toFixed(2)} s`;
}
