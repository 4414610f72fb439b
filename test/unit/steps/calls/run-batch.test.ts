import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import {
  answers,
  type CallBench,
  callSpec,
  openCallBench,
  scriptedModel,
  worker,
} from '../../../support/call-layer.ts';

describe('workers of a round', () => {
  let bench: CallBench;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());

  const specsOf = (taskId: string, count: number) =>
    Array.from({ length: count }, (_, index) => callSpec(index, `${index} of ${taskId}`));

  it('ask each call exactly once between them', async () => {
    const task = await bench.task();
    const model = scriptedModel(answers('{"n": 1}'));
    const runBatch = createRunBatch({ ...bench.ports, models: [model] });
    const specs = specsOf(task.taskId, 30);
    const { stage, stageContext } = bench;

    const results = await Promise.all(
      [0, 1, 2].map((index) =>
        runBatch(
          { task, round: 0, specs, stage, stageContext, worker: { index, count: 3 } },
          worker,
        ),
      ),
    );

    const asked = model.asked.map((question) => question.messages[0]?.content);
    expect(results).toEqual(
      Array.from({ length: 3 }, () => ({
        remaining: 0,
        isStopped: false,
        resumeAtInMs: undefined,
      })),
    );
    expect([...asked].sort()).toEqual(specs.map((spec) => spec.messages[0]?.content).sort());
  });

  it('start nothing without the time for it, and say how many calls are left', async () => {
    const task = await bench.task();
    const model = scriptedModel(answers('{"n": 1}'));
    const runBatch = createRunBatch({ ...bench.ports, models: [model] });
    const { stage, stageContext } = bench;
    const batch = {
      task,
      round: 0,
      specs: specsOf(task.taskId, 4),
      stage,
      stageContext,
      worker: { index: 0, count: 1 },
    };
    const late = { ...worker, deadlineAtInMs: bench.ports.clock.now() + 5_000 };

    expect(await runBatch(batch, late)).toMatchObject({ remaining: 4, isStopped: false });
    expect(model.asked.length).toBe(0);
    expect(
      await runBatch(batch, { ...worker, deadlineAtInMs: bench.ports.clock.now() + 900_000 }),
    ).toEqual({ remaining: 0, isStopped: false, resumeAtInMs: undefined });
  });
});
