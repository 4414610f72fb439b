import { afterEach, describe, expect, it } from '@jest/globals';
import type { Task } from '#shared/domain/task.ts';
import { FaultName } from '#shared/simulator/fault-names.ts';
import { openWebhookBench, type WebhookBench } from '../support/webhook-bench.ts';

const open: WebhookBench[] = [];

async function openBench(...options: Parameters<typeof openWebhookBench>): Promise<WebhookBench> {
  const bench = await openWebhookBench(...options);
  open.push(bench);
  return bench;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((bench) => bench.close()));
});

const sections = 6;
/** Two sections a question, the reduction and the polish. */
const leastCalls = 5;

function stepsIn({ logger }: WebhookBench): string[] {
  return logger.lines.flatMap(({ event, fields }) =>
    event === 'step-ended' ? [String(fields['step'])] : [],
  );
}

/** A task is over, every question of it was asked and paid for once, and no money is held back. */
async function expectPaidOnce({ runtime, simulator }: WebhookBench, { taskId }: Task) {
  const task = await runtime.waitForEnd(taskId);
  await runtime.engine.whenOver(taskId);
  const ledger = await runtime.ledger.list(taskId);

  expect(task.status).toBe('SUCCEEDED');
  expect(ledger.length).toBeGreaterThanOrEqual(leastCalls);
  expect(ledger).toEqual(ledger.map(() => expect.objectContaining({ outcome: 'accepted' })));
  expect(new Set(ledger.map(({ callId }) => callId)).size).toBe(ledger.length);
  expect((await runtime.tasks.get(taskId))?.budget.reservedInMicroUsd).toBe(0);
  expect(simulator.report()).toMatchObject({
    violations: [],
    promptsCompletedMoreThanOnce: 0,
    requests: ledger.length,
  });
}

describe('answers that Runware announces', () => {
  it('are waited for without a step that runs', async () => {
    const bench = await openBench({ isHeld: true });
    const task = await bench.submit(sections);
    await bench.until(() => stepsIn(bench).includes('await-answers'));
    const whileWaiting = stepsIn(bench);
    const notes = await bench.runtime.tasks.get(task.taskId);
    bench.relay.forwardTo(bench.url);
    for (const delivery of [...bench.relay.received]) await bench.relay.send(bench.url, delivery);
    await expectPaidOnce(bench, task);

    expect(whileWaiting.filter((step) => step === 'run-calls')).toHaveLength(1);
    expect(notes?.callsEnded).toBe(0);
  });

  it('are fetched once each, whatever is wrong with how they are announced', async () => {
    const faults = FaultName.options.filter((name) => /^webhook-/.test(name));
    const bench = await openBench({
      faults: faults.map((fault, index) => ({ when: { nth: index + 1 }, fault })),
      environment: { RUNWARE_WEBHOOK_WAIT_SECONDS: '1' },
    });
    const task = await bench.submit(faults.length * 2);

    await expectPaidOnce(bench, task);
    expect(faults).toHaveLength(7);
  });

  it('are taken once where each is delivered five times at once', async () => {
    const bench = await openBench({ copies: 5 });
    const task = await bench.submit(sections);

    await expectPaidOnce(bench, task);
    expect(bench.simulator.report().webhooks.taken).toBeGreaterThanOrEqual(leastCalls);
  });

  it('are told nothing of what became of an announcement, and change nothing when they are over', async () => {
    const bench = await openBench();
    const { runtime, relay, url } = bench;
    const task = await bench.submit(sections);
    await expectPaidOnce(bench, task);
    const [delivery] = relay.received;
    if (delivery === undefined) throw new Error('Expected a delivery.');
    const before = await bench.stateOf(task.taskId);
    const forged = { ...delivery, path: delivery.path.slice(0, -1) };
    const unknown = { ...delivery, path: '/v1/callbacks/runware/x' };
    const huge = { ...delivery, body: Buffer.alloc(2_000_000) };

    expect(await relay.send(url, delivery)).toBe(204);
    expect(await relay.send(url, forged)).toBe(204);
    expect(await relay.send(url, unknown)).toBe(204);
    expect(await relay.send(url, huge)).toBe(413);
    expect(await bench.stateOf(task.taskId)).toEqual(before);
    expect(await runtime.engine.answer('unknown', { isSuccess: true, output: {} })).toBe(false);
  });
});
