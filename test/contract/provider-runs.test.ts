import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultRuleInput } from '#shared/simulator/faults.ts';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { type CallBench, openCallBench } from '../support/call-layer.ts';
import { createPollClock } from '../support/models.ts';
import {
  keysFor,
  modelsOf,
  type NotesRun,
  type PlannedNotes,
  planNotes,
  runNotes,
} from '../support/provider-run.ts';

const calls = 300;
const budgetInMicroUsd = 5_000_000;

/** One call in ten meets a fault, each time another kind. */
const mixedFaults: readonly FaultRuleInput[] = (
  [
    '429',
    '500',
    '503',
    'reset',
    'cut-stream',
    'base-resp',
    'bad-json',
    'length',
    'html',
    'abort',
  ] as const
).map((fault, index) => ({ when: { probability: 0.01, seed: 100 + index }, fault }));

describe('three hundred calls', () => {
  let notes: PlannedNotes;
  let bench: CallBench;
  let simulator: Simulator;
  beforeAll(async () => {
    // A few sections fit into one call.
    notes = await planNotes(calls + 20);
  });
  beforeEach(async () => {
    bench = await openCallBench();
  });
  afterEach(async () => {
    await simulator.close();
    await bench.close();
  });

  const start = async (providers: string, faults: readonly FaultRuleInput[]) => {
    simulator = await startSimulator({ faults });
    const environment = { ...keysFor(simulator), QUIRE_PROVIDERS: providers };
    return modelsOf(environment, createPollClock());
  };

  it('with mixed faults at two providers are all answered, none paid twice, within the budget at every instant', async () => {
    const models = await start('empiriolabs,cloudflare', mixedFaults);
    const task = await bench.task(budgetInMicroUsd);
    const watched = watchBudget(bench, task.taskId);

    const run = await runNotes(watched.bench, models, { task, notes });

    const report = simulator.report();
    expect(statesOf(run)).toEqual({ committed: notes.specs.length });
    expect(notes.specs.length).toBeGreaterThanOrEqual(calls);
    expect(report.faulted).toBeGreaterThan(calls / 20);
    expect(report.requests).toBeLessThanOrEqual(1.15 * notes.specs.length);
    expect(report).toMatchObject({ promptsCompletedMoreThanOnce: 0, violations: [] });
    expect(run.ledger).toHaveLength(report.requests);
    expect(watched.seen.length).toBeGreaterThan(2 * calls);
    expect(Math.max(...watched.seen)).toBeLessThanOrEqual(budgetInMicroUsd);
  });

  it('with the first provider down for good are answered by the second, and the first is left alone', async () => {
    const down = { provider: 'empiriolabs', when: { every: 1 }, fault: '503' } as const;
    const models = await start('empiriolabs,cloudflare', [down]);
    const task = await bench.task(budgetInMicroUsd);

    const run = await runNotes(bench, models, { task, notes });

    const { byProvider } = simulator.report();
    expect(statesOf(run)).toEqual({ committed: notes.specs.length });
    expect(byProvider.cloudflare.completed).toBe(notes.specs.length);
    expect(byProvider.empiriolabs.requests).toBeLessThanOrEqual(0.15 * notes.specs.length);
  });

  it('with every provider down wait and spend nothing; when one is back they are answered', async () => {
    const outage = { when: { fromMs: 0, toMs: 3_600_000 }, fault: '503' } as const;
    const models = await start('empiriolabs,cloudflare', [outage]);
    const task = await bench.task(budgetInMicroUsd);
    const notes = await planNotes(100);

    const down = await runNotes(bench, models, { task, notes });

    expect(down.result.remaining).toBe(notes.specs.length);
    expect(down.result.resumeAtInMs).toBeGreaterThan(bench.ports.clock.now() - 1);
    // What was in flight at each before it was known to be down, and some probes.
    expect(simulator.report().requests).toBeLessThanOrEqual(
      2 * bench.ports.settings.callsPerWorker + 15,
    );
    expect((await bench.ports.tasks.get(task.taskId))?.budget.spentInMicroUsd).toBe(0);

    const { port } = new URL(simulator.url);
    await simulator.close();
    simulator = await startSimulator({ port: Number(port) });
    await bench.ports.clock.sleep(600_000);
    const up = await runNotes(bench, models, { task, notes });
    expect(statesOf(up)).toEqual({ committed: notes.specs.length });
  });
});

function statesOf({ records }: NotesRun): Record<string, number> {
  const states: Record<string, number> = {};
  for (const { state } of records) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/** Looks at the budget after each change: what is spent and what is set aside, together. */
function watchBudget(bench: CallBench, taskId: Parameters<CallBench['ports']['tasks']['get']>[0]) {
  const seen: number[] = [];
  const look = async () => {
    const task = await bench.ports.tasks.get(taskId);
    if (task !== undefined) seen.push(task.budget.spentInMicroUsd + task.budget.reservedInMicroUsd);
  };
  const tasks = {
    ...bench.ports.tasks,
    reserve: async (...change: Parameters<typeof bench.ports.tasks.reserve>) => {
      const answer = await bench.ports.tasks.reserve(...change);
      await look();
      return answer;
    },
    settle: async (...change: Parameters<typeof bench.ports.tasks.settle>) => {
      await bench.ports.tasks.settle(...change);
      await look();
    },
  };
  return { seen, bench: { ...bench, ports: { ...bench.ports, tasks } } };
}
