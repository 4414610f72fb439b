import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRunCall } from '#shared/steps/calls/run-call.ts';
import {
  answers,
  type CallBench,
  callSpec,
  openCallBench,
  scriptedModel,
} from '../../../support/call-layer.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { observePorts } from '../../../support/observed-ports.ts';
import { testTimeInMs } from '../../../support/tasks.ts';

describe('a call whose worst case the budget does not cover', () => {
  let bench: CallBench;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());

  const context = () => ({
    deadlineAtInMs: bench.ports.clock.now() + 900_000,
    signal: new AbortController().signal,
  });

  it('waits for what others give back, and is asked then', async () => {
    // Each reserves more than 600 and costs 45: the budget covers the worst case of one only.
    const task = await bench.task(1_000);
    const { stage, stageContext } = bench;
    const clock = createManualClock(testTimeInMs);
    const { clock: _, models: __, ...stores } = bench.ports;
    const { ports, settle } = observePorts(stores);
    const replies: (() => void)[] = [];
    const model = scriptedModel(async (question) => {
      await new Promise<void>((resolve) => replies.push(resolve));
      return await answers('{"n": 1}')(question);
    });
    const runCall = createRunCall({ ...bench.ports, ...ports, clock, models: [model] });
    const turns = [1, 2].map((index) =>
      runCall(
        { task, spec: callSpec(index, `${index} of ${task.taskId}`), stage, stageContext },
        context(),
      ),
    );

    for (let second = 0; second < 5; second += 1) {
      await settle();
      expect(model.asked).toHaveLength(1);
      clock.advance(1_000);
    }
    await settle();
    replies[0]?.();
    await settle();
    clock.advance(1_000);
    await settle();
    replies[1]?.();

    expect(await Promise.all(turns)).toEqual([{ kind: 'ended' }, { kind: 'ended' }]);
    const records = await bench.ports.calls.list(task.taskId, 'numbers', 0);
    expect(records.map(({ state }) => state)).toEqual(['committed', 'committed']);
  });

  it('fails when what a dead worker has reserved does not come back', async () => {
    const task = await bench.task(1_000);
    const { stage, stageContext, ports } = bench;
    await ports.tasks.reserve(task.taskId, { run: 1, amountInMicroUsd: 700 });
    const model = scriptedModel(answers('{"n": 1}'));
    const runCall = createRunCall({ ...ports, models: [model] });
    const before = ports.clock.now();

    await runCall({ task, spec: callSpec(1), stage, stageContext }, context());

    const [record] = await ports.calls.list(task.taskId, 'numbers', 0);
    expect(record).toMatchObject({ state: 'failed', error: { code: 'budget_exceeded' } });
    expect(model.asked).toEqual([]);
    // Longer than a call takes, and not for ever.
    const waitedInMs = ports.clock.now() - before;
    expect(waitedInMs).toBeGreaterThan(ports.settings.longestCallInMs);
    expect(waitedInMs).toBeLessThan(3 * ports.settings.longestCallInMs);
  });

  it('is given back when the worker has no time left to wait', async () => {
    const task = await bench.task(1_000);
    const { stage, stageContext, ports } = bench;
    await ports.tasks.reserve(task.taskId, { run: 1, amountInMicroUsd: 700 });
    const runCall = createRunCall({ ...ports, models: [scriptedModel(answers('{"n": 1}'))] });
    const short = { ...context(), deadlineAtInMs: ports.clock.now() + 13_000 };

    const turn = await runCall({ task, spec: callSpec(1), stage, stageContext }, short);

    expect(turn.kind).toBe('postponed');
    expect(await ports.calls.list(task.taskId, 'numbers', 0)).toMatchObject([{ state: 'claimed' }]);
  });
});
