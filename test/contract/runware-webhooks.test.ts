import { afterEach, describe, expect, it } from '@jest/globals';
import type { Task } from '#shared/domain/task.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
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

  it.each<FaultName>(['webhook-repeated', 'webhook-early', 'webhook-forged', 'webhook-garbage'])(
    'lead to one answer each where something is wrong with all: %s',
    async (fault) => {
      const bench = await openBench({ faults: [{ when: { every: 1 }, fault }] });
      const task = await bench.submit(sections);

      await expectPaidOnce(bench, task);
    },
  );

  it.each<FaultName>(['webhook-lost', 'webhook-late', 'webhook-huge'])(
    'are fetched without having been announced, after a while: %s',
    async (fault) => {
      const bench = await openBench({
        faults: [{ when: { nth: 2 }, fault }],
        environment: { RUNWARE_WEBHOOK_WAIT_SECONDS: '1' },
      });
      const task = await bench.submit(sections);

      await expectPaidOnce(bench, task);
    },
  );

  it('are taken once where each is delivered five times at once', async () => {
    const bench = await openBench({ copies: 5 });
    const task = await bench.submit(sections);

    await expectPaidOnce(bench, task);
    expect(bench.simulator.report().webhooks.taken).toBeGreaterThanOrEqual(leastCalls);
  });
});
