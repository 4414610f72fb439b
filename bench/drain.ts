import { createSystemClock } from '#shared/adapters/system/clock.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { benchTask, callSpecs, sleepingModel } from './call-fixtures.ts';
import { openCallPorts } from './call-ports.ts';
import { logNormal } from './latencies.ts';
import { runWorkers } from './run-workers.ts';
import { printTable, ratio } from './table.ts';

const calls = 1_000;
const requestsPerMinute = 50;
const inFlight = 32;
/** Minutes are this many times shorter than on the wall: 1,000 calls at 50 a minute take 20 of them. */
const speed = 10;

/** Time to get 1,000 calls through an account of 50 requests a minute and 32 in flight, divided by that of the ideal schedule. */
export async function benchDrain(): Promise<void> {
  const latencies = logNormal(calls, { medianInMs: 20_000, sigma: 0.5 });
  const clock = fasterClock(speed);
  const opened = await openCallPorts({ clock });
  const started: number[] = [];
  const model = sleepingModel((index) => {
    const latencyInMs = latencies[index] ?? 0;
    started.push(latencyInMs);
    return latencyInMs / speed;
  }, inFlight);
  const limits = { requestsPerMinute, tokensPerMinute: undefined, maxInFlight: inFlight };
  const ports = {
    ...opened.ports,
    models: [{ ...model, profile: { ...model.profile, limits } }],
  };
  const task = await benchTask(ports.tasks, ports.ids);
  const specs = callSpecs(calls);

  const startedAtInMs = clock.now();
  const workers = 2;
  await runWorkers(ports, { task, specs }, { workers, withinInMs: 7_200_000 });
  const measuredInMs = clock.now() - startedAtInMs;
  const idealInMs = idealMakespan(started);
  printTable(
    ['calls', 'requests per minute', 'in flight', 'ideal', 'measured', 'measured ÷ ideal'],
    [
      [
        String(calls),
        String(requestsPerMinute),
        String(inFlight),
        minutes(idealInMs),
        minutes(measuredInMs),
        ratio(measuredInMs / idealInMs),
      ],
    ],
  );
  await opened.close();
}

/** The ideal: each call starts as soon as a lane is free and the 50th call before it is 60 s old. */
function idealMakespan(latencies: readonly number[]): number {
  const freeAt = Array.from({ length: inFlight }, () => 0);
  const starts: number[] = [];
  for (const latencyInMs of latencies) {
    const lane = freeAt.indexOf(Math.min(...freeAt));
    const windowEnd = (starts.at(-requestsPerMinute) ?? -60_000) + 60_000;
    const startAtInMs = Math.max(freeAt[lane] ?? 0, windowEnd, starts.at(-1) ?? 0);
    starts.push(startAtInMs);
    freeAt[lane] = startAtInMs + latencyInMs;
  }
  return Math.max(...freeAt);
}

function fasterClock(factor: number): Clock {
  const clock = createSystemClock();
  const zeroInMs = clock.now();
  return {
    now: () => Math.round(zeroInMs + (clock.now() - zeroInMs) * factor),
    sleep: (durationInMs, signal) => clock.sleep(durationInMs / factor, signal),
  };
}

function minutes(durationInMs: number): string {
  return `${(durationInMs / 60_000).toFixed(2)} min`;
}
