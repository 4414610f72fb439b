import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { createRunCall } from '#shared/steps/calls/run-call.ts';
import {
  answers,
  type CallBench,
  callSpec,
  fails,
  openCallBench,
  type Script,
  type ScriptedModel,
  scriptedModel,
} from '../../../support/call-layer.ts';

const dies = () => {
  throw new Error('The worker is gone.');
};

function modelAt(name: ProviderName, ...script: readonly Script[]): ScriptedModel {
  const model = scriptedModel(...script);
  return { ...model, profile: { ...providerProfiles[name], limits: model.profile.limits } };
}

describe('a question whose worker has died', () => {
  let bench: CallBench;
  let task: RunningTask;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    task = await bench.task();
  });

  async function run(models: readonly ScriptedModel[], of = task) {
    const { stage, stageContext, ports } = bench;
    const spec = callSpec(1, `Question of ${of.taskId}`);
    const context = {
      deadlineAtInMs: ports.clock.now() + 900_000,
      signal: new AbortController().signal,
    };
    return await createRunCall({ ...ports, models })(
      { task: of, spec, stage, stageContext },
      context,
    );
  }
  /** The call, its ledger and its money afterwards. */
  async function outcome() {
    const { calls, ledger, tasks } = bench.ports;
    const [record] = await calls.list(task.taskId, 'numbers', 0);
    const stored = await tasks.get(task.taskId);
    return { record, ledger: await ledger.list(task.taskId), budget: stored?.budget };
  }

  it('is sent again under its id to a provider that knows it, and neither reserved nor booked twice', async () => {
    const dying = modelAt('runware', dies);
    await expect(run([dying])).rejects.toThrow('The worker is gone.');
    const { budget: before } = await outcome();
    const model = modelAt('runware', answers('{"n": 1}', { reportedCostInMicroUsd: 30 }));

    await run([model]);

    const { record, ledger, budget } = await outcome();
    const [first] = dying.asked;
    expect(first).toMatchObject({ isResent: false });
    expect(model.asked).toEqual([{ ...first, isResent: true }]);
    expect(ledger).toMatchObject([
      { state: 'ended', attemptId: first?.attemptId, requestId: first?.requestId },
    ]);
    expect(record).toMatchObject({ state: 'committed', attemptId: first?.attemptId });
    expect(before?.reservedInMicroUsd).toBeGreaterThan(0);
    expect(budget).toMatchObject({ reservedInMicroUsd: 0, spentInMicroUsd: 30 });
  });

  it('is asked anew at a provider that would take the repetition for another question', async () => {
    const dying = modelAt('empiriolabs', dies);
    await expect(run([dying])).rejects.toThrow('The worker is gone.');
    const model = modelAt('empiriolabs', answers('{"n": 1}'));

    await run([model]);

    const { ledger } = await outcome();
    expect(model.asked).toMatchObject([{ isResent: false }]);
    expect(model.asked[0]?.requestId).not.toBe(dying.asked[0]?.requestId);
    expect(ledger.map(({ state }) => state).sort()).toEqual(['ended', 'started']);
  });

  it('is sent to the provider that has it, whichever comes first now', async () => {
    await expect(run([modelAt('runware', dies)])).rejects.toThrow('The worker is gone.');
    const cloudsway = modelAt('cloudsway', answers('{"n": 2}'));
    const runware = modelAt('runware', answers('{"n": 1}'));

    await run([cloudsway, runware]);

    expect([cloudsway.asked.length, runware.asked.length]).toEqual([0, 1]);
  });

  it('goes on as any other when the provider fails to serve the repetition', async () => {
    await expect(run([modelAt('runware', dies)])).rejects.toThrow('The worker is gone.');
    const model = modelAt('runware', fails('model_unavailable'), answers('{"n": 1}'));

    await run([model]);

    const { record, ledger } = await outcome();
    expect(model.asked.map(({ isResent }) => isResent)).toEqual([true, false]);
    expect(new Set(model.asked.map(({ requestId }) => requestId)).size).toBe(2);
    expect(record?.state).toBe('committed');
    expect(ledger).toHaveLength(2);
  });

  it('is sent again by a newer run, and by no older one', async () => {
    await expect(run([modelAt('runware', dies)])).rejects.toThrow('The worker is gone.');
    const later = await bench.ports.tasks.supersede(task.taskId);
    const model = modelAt('runware', answers('{"n": 1}'));

    expect(await run([model])).toEqual({ kind: 'stopped' });
    expect(model.asked).toEqual([]);
    await run([model], { ...task, run: later ?? 0 });

    expect(model.asked).toMatchObject([{ isResent: true }]);
    expect((await outcome()).record?.state).toBe('committed');
  });

  it('is not sent again after a cancel (I10)', async () => {
    await expect(run([modelAt('runware', dies)])).rejects.toThrow('The worker is gone.');
    await bench.ports.tasks.end(task.taskId, {
      run: 'any',
      nowInMs: bench.ports.clock.now(),
      ending: { status: 'CANCELLED' },
      usage: noUsage,
    });
    const model = modelAt('runware', answers('{"n": 1}'));

    expect(await run([model])).toEqual({ kind: 'stopped' });
    expect(model.asked).toEqual([]);
  });
});
