import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallSpec } from '#shared/domain/call.ts';
import { type CallId, callIdOf, type TaskId } from '#shared/domain/ids.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import { clearHoles } from '#shared/steps/clear-holes.ts';
import { deliveryStage } from '#shared/steps/delivery.ts';
import { putJson } from '#shared/steps/json-objects.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { summarize } from '#shared/workflows/summarize/workflow.ts';
import { type CallBench, callSpec, numberStage, openCallBench } from '../../support/call-layer.ts';
import { ids } from '../../support/tasks.ts';

const workflow: Workflow = {
  ...summarize,
  stages: ['first', 'second', 'third'].map((name) => ({ ...numberStage, name, maxRounds: 3 })),
};
const error = { code: 'model_unavailable', message: 'It was away.' } as const;

/** Calls of a round: `y` was answered, `n` was not, `-` was never claimed. */
type Round = readonly [stage: string, round: number, calls: string];

describe('the checkpoints of a task that goes on', () => {
  let bench: CallBench;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());

  const specsOf = ([stage, round, calls]: Round): CallSpec[] =>
    [...calls].map((_, index) => ({ ...callSpec(index), callId: callIdOf(stage, round, index) }));

  async function endCall(taskId: TaskId, callId: CallId, fate: string | undefined) {
    if (fate === '-') return;
    const { calls, clock } = bench.ports;
    const call = { taskId, callId };
    await calls.claim(call, { run: 1, nowInMs: clock.now(), leaseInMs: 60_000 });
    if (fate === 'n') await calls.fail(call, { fence: 1, error });
    else await calls.commit(call, { fence: 1, attemptId: ids.attemptId() });
  }

  /** A task that ended in its first run, with rounds as told, each of them assembled; it goes on in its second run. */
  async function endedTask(rounds: readonly Round[]): Promise<Task> {
    const task = await bench.task();
    const { taskId } = task;
    const { objects } = bench.ports;
    for (const planned of rounds) {
      const [stage, round, fates] = planned;
      const specs = specsOf(planned);
      await putJson(objects, objectKeys.plan(taskId, stage, round), { calls: specs });
      for (const [index, { callId }] of specs.entries())
        await endCall(taskId, callId, fates[index]);
      const output = { output: fates, isComplete: true };
      await putJson(objects, objectKeys.roundOutput(taskId, stage, round), output);
      await putJson(objects, objectKeys.stageOutput(taskId, stage), { output: fates });
    }
    await putJson(objects, objectKeys.stageOutput(taskId, deliveryStage), { output: 'files' });
    return { ...task, run: 2 };
  }

  /** What is left: of each round its plan and its output, of each stage its output. */
  async function leftOf({ taskId }: Task, rounds: readonly Round[]): Promise<string[]> {
    const places = [
      ...rounds.flatMap(([stage, round]) => [
        [`plan ${stage} ${round}`, objectKeys.plan(taskId, stage, round)] as const,
        [`output ${stage} ${round}`, objectKeys.roundOutput(taskId, stage, round)] as const,
      ]),
      ...['first', 'second', 'third', deliveryStage].map(
        (stage) => [`stage ${stage}`, objectKeys.stageOutput(taskId, stage)] as const,
      ),
    ];
    const left = await Promise.all(
      places.map(async ([title, key]) => ((await bench.ports.objects.get(key)) ? [title] : [])),
    );
    return left.flat();
  }

  it('are all kept but the delivery where nothing is missing', async () => {
    const rounds: Round[] = [
      ['first', 0, 'yyy'],
      ['second', 0, 'y'],
    ];
    const task = await endedTask(rounds);

    expect(await clearHoles(bench.ports, task, workflow)).toEqual({
      callsPlanned: 4,
      callsEnded: 4,
    });
    expect(await leftOf(task, rounds)).toEqual([
      'plan first 0',
      'output first 0',
      'plan second 0',
      'output second 0',
      'stage first',
      'stage second',
    ]);
  });

  it.each([
    ['has failed', 'yny'],
    ['was never begun', 'yy-'],
  ])('are kept up to the first call that %s', async (_, fates) => {
    const rounds: Round[] = [
      ['first', 0, 'yy'],
      ['second', 0, fates],
      ['second', 1, 'yy'],
      ['third', 0, 'y'],
    ];
    const task = await endedTask(rounds);

    const kept = await clearHoles(bench.ports, task, workflow);

    expect(kept).toEqual({ callsPlanned: 5, callsEnded: 4 });
    expect(await leftOf(task, rounds)).toEqual([
      'plan first 0',
      'output first 0',
      'plan second 0',
      'stage first',
    ]);
    expect(await clearHoles(bench.ports, task, workflow)).toEqual(kept);
  });

  it('let the new run ask what is missing and what was made from it, and nothing else (I7)', async () => {
    const rounds: Round[] = [
      ['first', 0, 'yn-'],
      ['second', 0, 'yn'],
    ];
    const task = await endedTask(rounds);

    await clearHoles(bench.ports, task, workflow);

    const claims: string[] = [];
    for (const round of rounds) {
      for (const { callId } of specsOf(round)) {
        const claim = { run: task.run, nowInMs: bench.ports.clock.now(), leaseInMs: 60_000 };
        const { outcome } = await bench.ports.calls.claim({ taskId: task.taskId, callId }, claim);
        if (outcome === 'claimed') claims.push(callId);
      }
    }
    expect(claims).toEqual([
      callIdOf('first', 0, 1),
      callIdOf('first', 0, 2),
      callIdOf('second', 0, 0),
      callIdOf('second', 0, 1),
    ]);
  });

  it('of a newer run are left alone by an older one that is late', async () => {
    const rounds: Round[] = [
      ['first', 0, 'n'],
      ['second', 0, 'y'],
    ];
    const task = await endedTask(rounds);
    const { taskId } = task;
    await clearHoles(bench.ports, { ...task, run: 3 }, workflow);
    const call = { taskId, callId: callIdOf('second', 0, 0) };
    const claim = { run: 3, nowInMs: bench.ports.clock.now(), leaseInMs: 60_000 };
    await bench.ports.calls.claim(call, claim);
    await bench.ports.calls.commit(call, { fence: 2, attemptId: ids.attemptId() });
    const plan = { calls: specsOf(['second', 0, 'y']) };
    await putJson(bench.ports.objects, objectKeys.plan(taskId, 'second', 0), plan);

    await clearHoles(bench.ports, task, workflow);

    const records = await bench.ports.calls.list(taskId, 'second', 0);
    expect(records).toMatchObject([{ state: 'committed', fence: 2 }]);
  });

  it('stay where all calls were answered and something is missing all the same, and a round more is asked (I7)', async () => {
    const rounds: Round[] = [
      ['first', 0, 'yy'],
      ['second', 0, 'yy'],
      ['second', 1, 'y'],
      ['third', 0, 'y'],
    ];
    const task = await endedTask(rounds);
    const stages = workflow.stages.map((stage) =>
      stage.name === 'second' ? { ...stage, leavesHoles: () => true } : stage,
    );

    for (const _ of ['once', 'and again, which is harmless']) {
      expect(await clearHoles(bench.ports, task, { ...workflow, stages })).toEqual({
        callsPlanned: 5,
        callsEnded: 5,
      });
      expect(await leftOf(task, rounds)).toEqual([
        'plan first 0',
        'output first 0',
        'plan second 0',
        'output second 0',
        'plan second 1',
        'output second 1',
        'stage first',
      ]);
    }
    const last = await bench.ports.objects.get(objectKeys.roundOutput(task.taskId, 'second', 1));
    expect(JSON.parse(new TextDecoder().decode(last))).toMatchObject({ isComplete: false });
  });

  it('are none where nothing was planned', async () => {
    const task = await endedTask([]);

    expect(await clearHoles(bench.ports, task, workflow)).toEqual({
      callsPlanned: 0,
      callsEnded: 0,
    });
  });
});
