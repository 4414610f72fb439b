import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AttemptId, type TaskId } from '#shared/domain/ids.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { RunningTask } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import { createAwaitAnswers } from '#shared/steps/await-answers.ts';
import { signDelivery } from '#shared/steps/calls/delivery-token.ts';
import { createRunBatch } from '#shared/steps/calls/run-batch.ts';
import { createTakeDelivery } from '#shared/steps/tasks/take-delivery.ts';
import {
  answers,
  type CallBench,
  callSpec,
  openCallBench,
  type Script,
  type ScriptedModel,
  scriptedModel,
} from '../../../support/call-layer.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';

const key = new Uint8Array(32).fill(1);
const announces: Script = () => ({ isPending: true });

/** Runware, which leaves every question pending until the test says otherwise. */
function runware(...script: readonly Script[]): ScriptedModel {
  const model = scriptedModel(...script);
  return { ...model, profile: { ...providerProfiles.runware, limits: model.profile.limits } };
}

describe('calls whose answers are announced', () => {
  let bench: CallBench;
  let task: RunningTask;
  let answered: string[];
  beforeAll(async () => {
    // Long enough that the clock, which jumps, does not pass it while a call waits for the money of another.
    bench = await openCallBench({ isCacheEnabled: false, longestCallInMs: 120_000 });
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    task = await bench.task();
    answered = [];
  });

  const engine = {
    answer: async (token: string) => {
      answered.push(token);
      return true;
    },
  };
  const urlOf: NonNullable<CallBench['ports']['callbackUrlOf']> = async (attempt) =>
    `https://quire.example/${signDelivery(key, attempt, { nowInMs: bench.ports.clock.now() })}`;

  function work(model: ScriptedModel, count: number, of = task) {
    const { stage, stageContext, ports } = bench;
    const specs = Array.from({ length: count }, (_, index) =>
      callSpec(index, `Question ${index} of ${of.taskId}`),
    );
    const runBatch = createRunBatch({ ...ports, models: [model], callbackUrlOf: urlOf });
    const worker = { index: 0, count: 1 };
    const deadlineAtInMs = ports.clock.now() + 900_000;
    return runBatch(
      { task: of, round: 0, specs, stage, stageContext, worker },
      { deadlineAtInMs, signal: new AbortController().signal },
    );
  }
  const place = () => ({ taskId: task.taskId, stage: 'numbers', round: 0, worker: 0 });
  const takeDelivery = (logger = createRecordingLogger()) =>
    createTakeDelivery({ ...bench.ports, engine, logger, readKey: async () => key });
  const awaitAnswers = (token: string) =>
    createAwaitAnswers({ ...bench.ports, engine }).run(
      { ...place(), token },
      { deadlineAtInMs: 0, signal: new AbortController().signal },
    );
  const tokensOf = ({ asked }: ScriptedModel) =>
    asked.map(({ callbackUrl }) => String(callbackUrl).split('/').at(-1) ?? '');
  async function stateOf(taskId: TaskId) {
    const { tasks, ledger, calls } = bench.ports;
    const stored = await tasks.get(taskId);
    return [stored, await ledger.list(taskId), await calls.list(taskId, 'numbers', 0)];
  }

  it('end the run of their worker, with their attempts open and their money held (I4, I5)', async () => {
    const model = runware(announces);
    const result = await work(model, 3);

    const ledger = await bench.ports.ledger.list(task.taskId);
    const stored = await bench.ports.tasks.get(task.taskId);
    expect(result).toMatchObject({ remaining: 3, awaited: { parked: 3 } });
    expect(ledger.map(({ state }) => state)).toEqual(['started', 'started', 'started']);
    const reserved = ledger.reduce((sum, { reservedInMicroUsd }) => sum + reservedInMicroUsd, 0);
    expect(stored?.budget).toMatchObject({ reservedInMicroUsd: reserved, spentInMicroUsd: 0 });
  });

  it('are left alone by a worker that comes by, and fetched when they are announced', async () => {
    const model = runware(announces);
    await work(model, 2);
    const again = runware(answers('{"n": 1}'));
    const idle = await work(again, 2);
    expect(idle.awaited).toMatchObject({ parked: 2 });
    expect(again.asked).toEqual([]);

    for (const token of tokensOf(model)) await takeDelivery()(token);
    const done = await work(again, 2);

    expect(done).toMatchObject({ remaining: 0, awaited: undefined });
    expect(again.asked).toMatchObject([{ isAccepted: true }, { isAccepted: true }]);
    const requestIds = ({ asked }: ScriptedModel) => asked.map(({ requestId }) => requestId).sort();
    expect(requestIds(again)).toEqual(requestIds(model));
    expect((await bench.ports.tasks.get(task.taskId))?.budget.reservedInMicroUsd).toBe(0);
  });

  it('are fetched when they are overdue, though nobody has announced them', async () => {
    const model = runware(announces);
    const { awaited } = await work(model, 2);
    await bench.ports.clock.sleep((awaited?.untilInMs ?? 0) - bench.ports.clock.now());
    const later = runware(answers('{"n": 1}'));

    expect(await work(later, 2)).toMatchObject({ remaining: 0 });
    expect(later.asked.length).toBe(2);
  });

  it('are given up in the end, charged with all that was reserved, and asked anew', async () => {
    const model = runware(announces);
    await work(model, 1);
    await bench.ports.clock.sleep(bench.ports.settings.longestDeliveryInMs);
    const later = runware(announces, answers('{"n": 1}'));
    await work(later, 1);

    const ledger = await bench.ports.ledger.list(task.taskId);
    expect(later.asked).toMatchObject([{ isAccepted: true }, { isResent: false }]);
    expect(ledger).toContainEqual(
      expect.objectContaining({ outcome: 'model_timeout', isPossiblyBilled: true }),
    );
    expect(ledger).toContainEqual(expect.objectContaining({ outcome: 'accepted' }));
  });

  it('are asked again no more often than others, however often they are left', async () => {
    const outcomes = [];
    const wrong = runware((question) =>
      question.isAccepted === true ? answers('{"m": 1}')(question) : { isPending: true },
    );
    for (let runs = 0; runs < 8; runs += 1) {
      outcomes.push((await work(wrong, 1)).remaining);
      await bench.ports.clock.sleep(bench.ports.settings.deliveryWaitInMs);
    }

    const asked = wrong.asked.filter(({ isAccepted }) => isAccepted !== true);
    expect(asked).toHaveLength(1 + bench.ports.settings.maxReasks);
    expect(outcomes.at(-1)).toBe(0);
  });

  it('wait for the money of one another', async () => {
    const probe = await bench.task();
    await work(runware(announces), 1, probe);
    const [first] = await bench.ports.ledger.list(probe.taskId);
    const poor = await bench.task(Math.ceil((first?.reservedInMicroUsd ?? 0) * 1.5));
    const model = runware((question) =>
      question.isAccepted === true
        ? answers('{"n": 1}', { reportedCostInMicroUsd: 1 })(question)
        : { isPending: true },
    );
    const first3 = await work(model, 3, poor);
    expect(first3).toMatchObject({ remaining: 3, awaited: { parked: 1 } });

    let remaining = first3.remaining;
    for (let runs = 0; runs < 3; runs += 1) {
      for (const token of tokensOf(model)) await takeDelivery()(token);
      ({ remaining } = await work(model, 3, poor));
    }
    expect(remaining).toBe(0);
    expect(model.asked.filter(({ isAccepted }) => isAccepted !== true)).toHaveLength(3);
  });

  it('are paid for once where the task is cancelled and resumed meanwhile (I7), and late announcements change nothing (I11)', async () => {
    const model = runware(announces);
    await work(model, 2);
    await awaitAnswers('token');
    const { tasks, clock } = bench.ports;
    const nowInMs = clock.now();
    const ending = { status: 'CANCELLED' } as const;
    await tasks.end(task.taskId, { run: 'any', nowInMs, ending, usage: noUsage });
    const before = await stateOf(task.taskId);
    for (const token of tokensOf(model)) await takeDelivery()(token);
    expect(await stateOf(task.taskId)).toEqual(before);
    expect(answered).toEqual([]);

    const change = { nowInMs, deadlineAtInMs: nowInMs + 9e5, addedBudgetInMicroUsd: 0 };
    await tasks.resume(task.taskId, { ...change, run: 1, allowances: [] });
    const resumed = await tasks.begin(task.taskId, { run: 2, nowInMs });
    if (resumed?.status !== 'RUNNING') throw new Error('Expected a running task.');
    const later = runware(answers('{"n": 1}'));

    expect(await work(later, 2, resumed)).toMatchObject({ remaining: 0 });
    expect(later.asked.every(({ isAccepted }) => isAccepted === true)).toBe(true);
    expect(await bench.ports.ledger.list(task.taskId)).toHaveLength(2);
  });

  it('keep their state whatever forged token comes', async () => {
    const model = runware(announces);
    await work(model, 1);
    await awaitAnswers('token');
    const [token = ''] = tokensOf(model);
    const before = await stateOf(task.taskId);
    const logger = createRecordingLogger();
    for (const forged of ['', 'x', token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
      await takeDelivery(logger)(forged);
    }

    expect(await stateOf(task.taskId)).toEqual(before);
    expect(answered).toEqual([]);
    expect(logger.lines.map(({ event }) => event)).toEqual(Array(5).fill('delivery-refused'));
    expect(JSON.stringify(logger.lines)).not.toContain(token.slice(0, 20));
  });

  it('wake their worker, in whatever order announcements, duplicates and the token of the state come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (s, copies) => {
        task = await bench.task();
        answered = [];
        const model = runware(announces);
        const { awaited } = await work(model, 2);
        expect(awaited).toMatchObject({ parked: 2 });
        const deliveries = tokensOf(model).flatMap((token) => Array(copies).fill(token));
        const take = s.scheduleFunction(takeDelivery());
        const keep = s.scheduleFunction(awaitAnswers);
        const all = [keep('token'), ...deliveries.map((token) => take(token))];
        await s.waitFor(Promise.all(all));

        expect(answered.length).toBeGreaterThan(0);
        expect(new Set(answered)).toEqual(new Set(['token']));
        const done = runware(answers('{"n": 1}'));
        expect(await work(done, 2)).toMatchObject({ remaining: 0 });
      }),
      { numRuns: 12 },
    );
  });

  it('are not forgotten where the announcement comes before the reply of the provider does', async () => {
    const early = runware(async (question) => {
      if (question.isAccepted === true) return answers('{"n": 1}')(question);
      await takeDelivery()(String(question.callbackUrl).split('/').at(-1) ?? '');
      return { isPending: true };
    });

    expect(await work(early, 2)).toMatchObject({ remaining: 0, awaited: undefined });
    expect(early.asked).toHaveLength(4);
  });

  it('are nothing to wait for where no worker has left word', async () => {
    await awaitAnswers('token');
    expect(answered).toEqual(['token']);
  });

  it('do not wake a worker that waits for others', async () => {
    const model = runware(announces);
    await work(model, 2);
    await awaitAnswers('token');
    const stranger = AttemptId.parse(`att_${'z'.repeat(26)}`);
    const { callId } = callSpec(0);
    const tokens = await bench.ports.waits.arrive({ taskId: task.taskId, callId }, stranger);
    expect(tokens).toEqual([]);
    await takeDelivery()(tokensOf(model)[0] ?? '');
    expect(answered).toEqual([]);
  });
});
