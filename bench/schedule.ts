import { benchTask, callSpecs, sleepingModel } from './call-fixtures.ts';
import { openCallPorts } from './call-ports.ts';
import { logNormal } from './latencies.ts';
import { runWorkers } from './run-workers.ts';
import { printTable, ratio } from './table.ts';

const calls = 200;
const inFlight = 32;
const workers = 8;
/** A call of M2.7 takes 20 s, this bench shall end sooner. */
const medianInMs = 8_000;
const sigma = 0.6;

/** Makespan of 200 calls with 32 in flight, over the real stores, divided by that of the ideal schedule of the same latencies. */
export async function benchSchedule(): Promise<void> {
  const latencies = logNormal(calls, { medianInMs, sigma });
  const started: number[] = [];
  const opened = await openCallPorts();
  const models = [
    sleepingModel((index) => {
      started.push(latencies[index] ?? medianInMs);
      return latencies[index] ?? medianInMs;
    }, inFlight),
  ];
  const ports = { ...opened.ports, models };
  const task = await benchTask(ports.tasks, ports.ids);
  const specs = callSpecs(calls);

  const startedAt = performance.now();
  await runWorkers(ports, { task, specs }, { workers, withinInMs: 900_000 });
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
  await opened.close();
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

function seconds(durationInMs: number): string {
  return `${(durationInMs / 1_000).toFixed(2)} s`;
}
