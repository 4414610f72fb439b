import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import type { LanguageModel, ModelAnswer } from '#shared/ports/language-model.ts';
import type { CallLayerPorts } from '#shared/steps/calls/call-layer.ts';
import { loadResult } from '#shared/steps/calls/call-results.ts';
import { type Batch, createRunBatch } from '#shared/steps/calls/run-batch.ts';
import { totalsOfLedger } from '#shared/steps/tasks/ledger-totals.ts';
import {
  answers,
  type CallBench,
  callSpec,
  fails,
  openCallBench,
  type Script,
  scriptedModel,
} from '../../../support/call-layer.ts';
import { observePorts } from '../../../support/observed-ports.ts';

/** How a question may end: the model's answer, its usage, a failure, or the death of the worker. */
const tokens = fc.option(fc.integer({ min: 0, max: 2_000_000_000 }), { nil: undefined });
const outcome = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      text: fc.constantFrom('{"n": 1}', '{"n": -1}', '{"m": 1}', '', 'no JSON'),
      finishReason: fc.constantFrom<ModelAnswer['finishReason']>('stop', 'stop', 'length'),
      inputTokens: tokens,
      outputTokens: tokens,
      reportedCostInMicroUsd: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('failure' as const),
      code: fc.constantFrom(
        'model_unavailable',
        'model_rate_limited',
        'model_timeout',
        'model_protocol_error',
        'model_refused',
        'model_auth_failed',
      ),
      isPossiblyBilled: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('death' as const) }) },
);
type Outcome = typeof outcome extends fc.Arbitrary<infer Each> ? Each : never;

const scenario = fc.record({
  calls: fc.integer({ min: 2, max: 6 }),
  workers: fc.integer({ min: 1, max: 3 }),
  /** Runs that end in the middle before the one that everything goes well in. */
  runs: fc.integer({ min: 1, max: 2 }),
  /** A call reserves some 620. */
  budgetInMicroUsd: fc.integer({ min: 500, max: 9_000 }),
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 20 }),
});

describe('workers over one budget, whatever the model does and whoever dies', () => {
  let bench: CallBench;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());

  it('never pass the budget, book every attempt and commit each call once (I3, I4, I5)', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ calls, workers, runs, budgetInMicroUsd, outcomes }) => {
        const { stage, stageContext } = bench;
        const task = await bench.task(budgetInMicroUsd);
        const specs = Array.from({ length: calls }, (_, index) =>
          callSpec(index, `${index} of ${task.taskId}`),
        );
        const witness = createWitness(bench.ports);
        const work = (current: RunningTask, models: readonly LanguageModel[]) =>
          runWorkers(
            { ...witness.ports, models },
            { task: current, specs, stage, stageContext },
            workers,
          );
        const moody = moodyModels(outcomes, witness);

        let current = task;
        for (let run = 0; run < runs; run += 1) {
          await work(current, moody);
          current = { ...current, run: (await bench.ports.tasks.supersede(task.taskId)) ?? 0 };
        }
        const well = scriptedModel(answers('{"n": 1}'));
        await work(current, [{ ...well, ask: witness.asking(well.ask) }]);
        await witness.settle();

        const stored = await bench.ports.tasks.get(task.taskId);
        const ledger = await bench.ports.ledger.list(task.taskId);
        const records = await bench.ports.calls.list(task.taskId, 'numbers', 0);
        expect(witness.faults).toEqual([]);
        expect(new Set(ledger.map(({ attemptId }) => attemptId))).toEqual(witness.asked);
        expect(records.map(({ state }) => state)).not.toContain('claimed');
        expect(records).toHaveLength(calls);
        // What is still reserved is what the dead have left open.
        const { spentInMicroUsd = 0, reservedInMicroUsd = 0 } = stored?.budget ?? {};
        expect(spentInMicroUsd + reservedInMicroUsd).toBe(totalsOfLedger(ledger).costInMicroUsd);
        expect(spentInMicroUsd + reservedInMicroUsd).toBeLessThanOrEqual(budgetInMicroUsd);
        for (const record of records) {
          if (record.state !== 'committed') continue;
          const result = await loadResult(bench.ports.objects, task.taskId, record);
          expect(result.attemptId).toBe(record.attemptId);
          expect(ledger).toContainEqual(
            expect.objectContaining({ attemptId: record.attemptId, outcome: 'accepted' }),
          );
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Looks on while the workers work, and notes what must not be. */
function createWitness(ports: CallLayerPorts) {
  const faults: string[] = [];
  const asked = new Set<string>();
  const committed = new Map<string, string>();
  const observed = observePorts(ports);
  const tasks: CallLayerPorts['tasks'] = {
    ...ports.tasks,
    async reserve(taskId, change) {
      const reservation = await observed.ports.tasks.reserve(taskId, change);
      const budget = (await observed.ports.tasks.get(taskId))?.budget;
      if (budget === undefined) return reservation;
      const { spentInMicroUsd, reservedInMicroUsd, limitInMicroUsd } = budget;
      if (spentInMicroUsd + reservedInMicroUsd > limitInMicroUsd) faults.push('over the budget');
      return reservation;
    },
  };
  const calls: CallLayerPorts['calls'] = {
    ...ports.calls,
    async commit(call, change) {
      const isMine = await observed.ports.calls.commit(call, change);
      const former = committed.get(call.callId);
      if (isMine && former !== undefined) faults.push(`${call.callId} committed twice`);
      if (isMine) committed.set(call.callId, change.attemptId);
      return isMine;
    },
  };
  return {
    faults,
    asked,
    settle: observed.settle,
    ports: { ...observed.ports, tasks, calls },
    /** Every question is in the ledger before it is asked. */
    asking:
      (ask: LanguageModel['ask']): LanguageModel['ask'] =>
      async (question, signal) => {
        asked.add(question.attemptId);
        return await ask(question, signal);
      },
  };
}

/** Two providers that do what is drawn; the second one knows repeated questions. */
function moodyModels(outcomes: readonly Outcome[], witness: ReturnType<typeof createWitness>) {
  let next = 0;
  const ask: LanguageModel['ask'] = witness.asking(async (question) => {
    const drawn = outcomes[next % outcomes.length];
    next += 1;
    if (drawn === undefined || drawn.kind === 'death') throw new Error('The worker is gone.');
    return await replyOf(drawn)(question);
  });
  const noRate = { requestsPerMinute: undefined, tokensPerMinute: undefined, maxInFlight: 100 };
  return [providerProfiles.empiriolabs, providerProfiles.runware].map((profile) => ({
    ...scriptedModel(fails('model_unavailable')),
    profile: { ...profile, limits: noRate },
    ask,
  }));
}

function replyOf(drawn: Exclude<Outcome, { kind: 'death' }>): Script {
  if (drawn.kind === 'failure') return fails(drawn.code, drawn);
  const { text, finishReason, inputTokens, outputTokens, reportedCostInMicroUsd } = drawn;
  const usage = {
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
  return answers(text, { finishReason, usage, reportedCostInMicroUsd });
}

/** One run of the task: all its workers, until each has nothing more to do or has died. */
async function runWorkers(
  ports: CallLayerPorts,
  batch: Omit<Batch, 'round' | 'worker'>,
  count: number,
): Promise<void> {
  const context = {
    deadlineAtInMs: ports.clock.now() + 60_000,
    signal: new AbortController().signal,
  };
  await Promise.allSettled(
    Array.from({ length: count }, (_, index) =>
      createRunBatch(ports)({ ...batch, round: 0, worker: { index, count } }, context),
    ),
  );
}
