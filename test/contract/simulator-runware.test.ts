import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Simulator, type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';
import { send } from '../support/simulated-routes.ts';

const open: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

const path = '/runware/v1';
const text = 'Costs rose by 4 percent.';

function task(extra: Readonly<Record<string, unknown>> = {}) {
  return {
    taskType: 'textInference',
    taskUUID: randomUUID(),
    model: 'minimax:m2.7@0',
    messages: [{ role: 'user', content: text }],
    ...extra,
  };
}

async function post(simulator: Simulator, ...tasks: unknown[]) {
  const response = await send(simulator, path, tasks);
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const poll = (simulator: Simulator, taskUUID: string) =>
  post(simulator, { taskType: 'getResponse', taskUUID });

describe('Runware in the simulator', () => {
  it('tells usage and cost only where they are asked for', async () => {
    const simulator = await start();
    const plain = await post(simulator, task());
    const told = await post(simulator, task({ includeCost: true, includeUsage: true, seed: 7 }));
    const fast = await post(
      simulator,
      task({ includeCost: true, model: 'minimax:m2.7@highspeed' }),
    );
    const [item] = told.body.data;

    expect(plain.body.data[0]).not.toHaveProperty('usage');
    expect(plain.body.data[0]).not.toHaveProperty('cost');
    expect(item).toMatchObject({ seed: 7, finishReason: 'stop', text });
    expect(item.reasoningContent).toEqual([expect.any(String)]);
    expect(item.usage.totalTokens).toBe(item.usage.promptTokens + item.usage.completionTokens);
    expect(item.cost).toBeCloseTo(
      (item.usage.promptTokens * 0.3 + item.usage.completionTokens * 1.2) / 1_000_000,
      8,
    );
    expect(fast.body.data[0].cost).toBeCloseTo(item.cost * 2, 8);
    expect(simulator.report().byProvider).toMatchObject({
      runware: { requests: 2 },
      'runware-highspeed': { requests: 1 },
    });
  });

  it('gives several results under one UUID, each with a seed of its own', async () => {
    const asked = task({ numberResults: 3, seed: 4_294_967_295 });
    const { body } = await post(await start(), asked);

    expect(body.data.map((item: { seed: number }) => item.seed)).toEqual([4_294_967_295, 0, 1]);
    expect(new Set(body.data.map((item: { taskUUID: string }) => item.taskUUID)).size).toBe(1);
  });

  it('takes an asynchronous task, works on it, and has its results for those who ask again', async () => {
    const simulator = await start();
    const asked = task({ deliveryMethod: 'async', numberResults: 2 });
    const accepted = await post(simulator, asked);
    const first = await poll(simulator, asked.taskUUID);
    const second = await poll(simulator, asked.taskUUID);

    expect(accepted.body).toEqual({
      data: [{ taskType: 'textInference', taskUUID: asked.taskUUID }],
    });
    expect(first.body.data).toMatchObject([{ status: 'processing' }]);
    expect(second.body.data).toMatchObject([
      { status: 'success', text },
      { status: 'success', text },
    ]);
    expect(simulator.report()).toMatchObject({
      requests: 1,
      completed: 1,
      polls: 2,
      promptsCompletedMoreThanOnce: 0,
      byProvider: { runware: { requests: 1, polls: 2 } },
    });
  });

  it('is not done with an asynchronous task before its time', async () => {
    let now = 0;
    const clock = { now: () => now, sleep: async () => undefined };
    const simulator = await start({ clock, latencyInMs: { low: 500, high: 500 } });
    const asked = task({ deliveryMethod: 'async' });
    await post(simulator, asked);
    const statuses = [];
    for (now of [0, 499, 500]) {
      statuses.push((await poll(simulator, asked.taskUUID)).body.data[0].status);
    }

    expect(statuses).toEqual(['processing', 'processing', 'success']);
  });

  it('refuses a task that it has accepted before, and still has its result', async () => {
    const simulator = await start();
    const asked = task();
    await post(simulator, asked);
    const again = await post(simulator, asked);

    expect(again).toMatchObject({
      status: 400,
      body: { data: [], errors: [{ code: 'conflictTaskUUID', taskUUID: asked.taskUUID }] },
    });
    expect((await poll(simulator, asked.taskUUID)).body.data).toMatchObject([{ text }]);
    expect(simulator.report()).toMatchObject({
      requests: 2,
      completed: 1,
      violations: [],
      promptsCompletedMoreThanOnce: 0,
      byProvider: { runware: { conflicts: 1 } },
    });
  });

  it.each(['lost-response', 'cut-stream', 'reset-mid-body', 'reset-after-headers'] as const)(
    'has done what it could not tell (%s), and whoever asks anew pays twice',
    async (fault) => {
      const simulator = await start({ faults: [{ when: { nth: 1 }, fault }] });
      const asked = task();

      await expect(post(simulator, asked)).rejects.toThrow();
      expect((await post(simulator, asked)).status).toBe(400);
      expect((await poll(simulator, asked.taskUUID)).body.data).toMatchObject([{ text }]);
      expect(simulator.report().promptsCompletedMoreThanOnce).toBe(0);
      await post(simulator, task());
      expect(simulator.report().promptsCompletedMoreThanOnce).toBe(1);
    },
  );

  it('has not accepted what it has not read', async () => {
    const simulator = await start({ faults: [{ when: { nth: 1 }, fault: 'reset' }] });
    const asked = task();

    await expect(post(simulator, asked)).rejects.toThrow();
    expect((await post(simulator, asked)).status).toBe(200);
  });

  it('claims a conflict where there is none, and then knows no such task', async () => {
    const simulator = await start({ faults: [{ when: { nth: 1 }, fault: 'conflict' }] });
    const asked = task();

    expect((await post(simulator, asked)).body.errors[0].code).toBe('conflictTaskUUID');
    expect(await poll(simulator, asked.taskUUID)).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'taskNotFound' }] },
    });
  });

  it('tells the failure of an asynchronous task to those who ask for its result', async () => {
    const simulator = await start({ faults: [{ when: { nth: 1 }, fault: 'overload' }] });
    const asked = task({ deliveryMethod: 'async' });
    const accepted = await post(simulator, asked);
    await poll(simulator, asked.taskUUID);
    const failed = await poll(simulator, asked.taskUUID);

    expect(accepted.body.data).toHaveLength(1);
    expect(failed).toMatchObject({
      status: 200,
      body: { errors: [{ code: 'noAvailableServer', taskUUID: asked.taskUUID }] },
    });
  });

  it('streams text and thinking apart, with a sign of life in between', async () => {
    const simulator = await start();
    const asked = task({ deliveryMethod: 'stream', includeUsage: true, includeCost: true });
    const raw = await (await send(simulator, path, [asked])).text();
    const frames = raw.split('\n\n').filter((frame) => frame !== '');
    const last = JSON.parse(frames.at(-2)?.slice('data: '.length) ?? '');

    expect(frames).toContain(': ping');
    expect(frames.at(-1)).toBe('data: [DONE]');
    expect(last).toMatchObject({
      delta: {},
      finishReason: 'stop',
      usage: { totalTokens: expect.any(Number) },
      cost: expect.any(Number),
    });
  });

  it('forgets its tasks on reset', async () => {
    const simulator = await start();
    const asked = task();
    await post(simulator, asked);
    await fetch(`${simulator.url}/__sim/reset`, { method: 'POST' });

    expect((await post(simulator, asked)).status).toBe(200);
  });
});
