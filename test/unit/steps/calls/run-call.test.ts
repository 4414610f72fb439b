import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningTask } from '#shared/domain/task.ts';
import { createRunCall } from '#shared/steps/calls/run-call.ts';
import { totalsOfLedger } from '#shared/steps/tasks/ledger-totals.ts';
import {
  answers,
  type CallBench,
  callSpec,
  fails,
  openCallBench,
  type ScriptedModel,
  scriptedModel,
  worker,
} from '../../../support/call-layer.ts';

describe('a call', () => {
  let bench: CallBench;
  beforeAll(async () => {
    bench = await openCallBench();
  });
  afterAll(() => bench.close());

  async function run(
    model: ScriptedModel,
    task: RunningTask,
    spec = callSpec(1, `Question of ${task.taskId}`),
  ) {
    const runCall = createRunCall({ ...bench.ports, models: [model] });
    const { stage, stageContext } = bench;
    const turn = await runCall({ task, spec, stage, stageContext }, worker);
    const [record] = await bench.ports.calls.list(task.taskId, 'numbers', 0);
    const ledger = await bench.ports.ledger.list(task.taskId);
    return { turn, record, ledger };
  }

  it('is committed with its answer, booked and counted', async () => {
    const task = await bench.task();

    const { turn, record, ledger } = await run(scriptedModel(answers('{"n": 1}')), task);

    const stored = await bench.ports.tasks.get(task.taskId);
    expect(turn).toEqual({ kind: 'ended' });
    expect(record?.state).toBe('committed');
    expect(ledger).toMatchObject([
      { state: 'ended', outcome: 'accepted', costInMicroUsd: 45, isEstimated: false },
    ]);
    expect(stored?.budget).toMatchObject({ reservedInMicroUsd: 0, spentInMicroUsd: 45 });
    expect(stored?.callsEnded).toBe(1);
  });

  it.each(['model_refused', 'model_bad_request', 'model_quota_exhausted'] as const)(
    'does not retry %s',
    async (code) => {
      const model = scriptedModel(fails(code));

      const { record } = await run(model, await bench.task());

      expect(model.asked.length).toBe(1);
      expect(record).toMatchObject({ state: 'failed', error: { code } });
    },
  );

  it('retries a 429 not before Retry-After', async () => {
    const task = await bench.task();
    const model = scriptedModel(
      fails('model_rate_limited', { retryAfterInMs: 7_000 }),
      answers('{"n": 1}'),
    );
    const before = bench.ports.clock.now();

    const { record } = await run(model, task);

    expect(record?.state).toBe('committed');
    expect(bench.ports.clock.now() - before).toBeGreaterThanOrEqual(7_000);
  });

  it('is given back in an outage of its only provider, and can be asked again later', async () => {
    const task = await bench.task();
    const model = scriptedModel(fails('model_unavailable'));

    const { turn, record, ledger } = await run(model, task);

    expect(turn.kind).toBe('postponed');
    expect(record?.state).toBe('claimed');
    expect(totalsOfLedger(ledger).costInMicroUsd).toBe(0);
    const again = await run(scriptedModel(answers('{"n": 1}')), task);
    expect(again.record?.state).toBe('committed');
  });

  it('is given up after three tries where the provider serves others, each in the ledger', async () => {
    const others = answers('{"n": 1}');
    const model = scriptedModel((question) => {
      const isPoison = question.messages[0]?.content.startsWith('Poison') === true;
      return isPoison
        ? fails('model_unavailable', { isPossiblyBilled: true })(question)
        : others(question);
    });
    const task = await bench.task();
    const runCall = createRunCall({ ...bench.ports, models: [model] });
    const { stage, stageContext } = bench;
    const runOne = (index: number, content: string) =>
      runCall({ task, spec: callSpec(index, content), stage, stageContext }, worker);

    await Promise.all([
      runOne(1, `Poison of ${task.taskId}`),
      runOne(2, `Question of ${task.taskId}`),
    ]);

    const [record] = await bench.ports.calls.list(task.taskId, 'numbers', 0);
    const ledger = await bench.ports.ledger.list(task.taskId);
    const failed = ledger.filter((row) => row.callId === record?.callId);
    expect(failed.map((row) => row.state === 'ended' && row.isEstimated)).toEqual([
      true,
      true,
      true,
    ]);
    expect(record).toMatchObject({ state: 'failed', error: { code: 'model_unavailable' } });
  });

  it('is asked again with its faults, twice at most; a fault that is not fatal is then accepted', async () => {
    const model = scriptedModel(answers('{"n": -1}'));

    const { record, ledger } = await run(model, await bench.task());

    expect(model.asked.length).toBe(3);
    expect(model.asked[1]?.messages.at(-1)?.content).toContain('n is negative');
    expect(record?.state).toBe('committed');
    expect(ledger.length).toBe(3);
  });

  it('fails when the last answer still has the wrong form', async () => {
    const { record } = await run(scriptedModel(answers('{"m": 1}')), await bench.task());

    expect(record).toMatchObject({ state: 'failed', error: { code: 'answer_invalid' } });
  });

  it('doubles the room after a cut answer and never uses one', async () => {
    const model = scriptedModel(answers('{"n": 1}', { finishReason: 'length' }));

    const { record } = await run(model, await bench.task());

    expect(model.asked.map((question) => question.maxOutputTokens)).toEqual([1_000, 2_000, 4_000]);
    expect(record).toMatchObject({ state: 'failed', error: { code: 'answer_truncated' } });
  });

  it('fails with budget_exceeded before it is asked when the budget does not cover its worst case (I4)', async () => {
    const model = scriptedModel(answers('{"n": 1}'));

    const { record, ledger } = await run(model, await bench.task(10));

    expect(model.asked.length).toBe(0);
    expect(ledger).toEqual([]);
    expect(record).toMatchObject({ state: 'failed', error: { code: 'budget_exceeded' } });
  });

  it('is not asked after a cancel (I10)', async () => {
    const task = await bench.task();
    const model = scriptedModel(answers('{"n": 1}'));
    const usage = totalsOfLedger([]);
    await bench.ports.tasks.end(task.taskId, {
      run: 'any',
      nowInMs: 0,
      ending: { status: 'CANCELLED' },
      usage,
    });

    const { turn } = await run(model, task);

    expect({ turn, asked: model.asked.length }).toEqual({ turn: { kind: 'stopped' }, asked: 0 });
  });

  it('is never asked again once it is committed, by a later run neither (I7)', async () => {
    const task = await bench.task();
    await run(scriptedModel(answers('{"n": 1}')), task);
    const later = await bench.ports.tasks.supersede(task.taskId);
    const model = scriptedModel(answers('{"n": 2}'));

    const { turn } = await run(model, { ...task, run: later ?? 0 });

    expect({ turn, asked: model.asked.length }).toEqual({ turn: { kind: 'ended' }, asked: 0 });
  });

  it('keeps its first result when a late answer comes, whose cost is booked all the same (I3, I5)', async () => {
    const task = await bench.task();
    let first = '';
    const slow = scriptedModel(async (question) => {
      // While this worker waits, a new run takes the call over and commits it.
      const later = await bench.ports.tasks.supersede(task.taskId);
      const { record } = await run(scriptedModel(answers('{"n": 1}')), {
        ...task,
        run: later ?? 0,
      });
      first = record?.state === 'committed' ? record.attemptId : '';
      return await answers('{"n": 99}')(question);
    });

    const { record, ledger } = await run(slow, task);

    expect(record).toMatchObject({ state: 'committed', attemptId: first });
    expect(ledger.length).toBe(2);
  });

  it('is served from the cache when the tenant has asked it before, and then costs nothing', async () => {
    const task = await bench.task();
    const spec = callSpec(1, `Twice asked, first by ${task.taskId}`);
    await run(scriptedModel(answers('{"n": 1}')), task, spec);
    const again = { ...(await bench.task()), tenantId: task.tenantId };
    const model = scriptedModel(answers('{"n": 2}'));

    const { record, ledger } = await run(model, again, spec);

    expect({ asked: model.asked.length, state: record?.state, rows: ledger.length }).toEqual({
      asked: 0,
      state: 'committed',
      rows: 0,
    });
  });

  it('counts an attempt whose worker died with its whole reservation (I5)', async () => {
    const task = await bench.task();
    const dying = scriptedModel(() => {
      throw new Error('The process is gone.');
    });

    await expect(run(dying, task)).rejects.toThrow('The process is gone.');

    const ledger = await bench.ports.ledger.list(task.taskId);
    expect(ledger).toMatchObject([{ state: 'started' }]);
    expect(totalsOfLedger(ledger).costInMicroUsd).toBe(ledger[0]?.reservedInMicroUsd);
    expect(totalsOfLedger(ledger).attemptsWithUnknownTokens).toBe(1);
  });
});
