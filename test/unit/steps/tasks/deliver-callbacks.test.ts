import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoCallbackStore } from '#shared/adapters/aws/dynamo/callback-store.ts';
import { createCallbackSender } from '#shared/adapters/system/callback-sender.ts';
import type { CallbackStore } from '#shared/ports/callback-store.ts';
import { createCallbackSecrets } from '#shared/steps/tasks/callback-secrets.ts';
import { createDeliveries } from '#shared/steps/tasks/deliver-callbacks.ts';
import { createReplayCallback } from '#shared/steps/tasks/replay-callback.ts';
import { pendingCallback } from '../../../support/callbacks.ts';
import { dynamoServers, type RunningTable, startTable } from '../../../support/dynamo-servers.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';
import {
  isSignedBy,
  type Reception,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../support/webhooks.ts';

let table: RunningTable;
let callbacks: CallbackStore;
beforeAll(async () => {
  const [server] = dynamoServers;
  if (server === undefined) throw new Error('Expected a server.');
  table = await startTable(server);
  callbacks = createDynamoCallbackStore(table);
});
afterAll(() => table.close());

const receivers: WebhookReceiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

/** A callback to a receiver over real sockets, and a worker whose pauses pass at once; time stands still otherwise. */
async function setUp(...receptions: readonly Reception[]) {
  const receiver = await startWebhookReceiver(...receptions);
  receivers.push(receiver);
  const callback = pendingCallback({ url: receiver.url });
  await callbacks.create(callback);
  const clock = createManualClock(testTimeInMs);
  const pauses: number[] = [];
  const secrets = createCallbackSecrets({ readMaster: async () => new Uint8Array(32), clock });
  const deliveries = createDeliveries({
    callbacks,
    sender: createCallbackSender({ clock, allowsLoopback: true }),
    secrets,
    clock: {
      now: clock.now,
      async sleep(durationInMs) {
        pauses.push(durationInMs);
        clock.advance(durationInMs);
      },
    },
    random: () => 0,
    logger: createRecordingLogger(),
  });
  const secret = await secrets.secretOf(callback.tenantId);
  return { receiver, callback, clock, pauses, deliveries, secret };
}

const shown = (key: Parameters<CallbackStore['get']>[0]) => callbacks.get(key);

describe('a callback', () => {
  it('is delivered once, signed and thin', async () => {
    const { receiver, callback, deliveries, secret } = await setUp(204);

    await deliveries.deliver(callback);
    await deliveries.deliver(callback);

    const [delivery, ...others] = receiver.deliveries;
    if (delivery === undefined) throw new Error('Expected a delivery.');
    expect(others).toEqual([]);
    expect(isSignedBy(secret, delivery)).toBe(true);
    expect(delivery.headers['webhook-id']).toBe(callback.eventId);
    expect(JSON.parse(delivery.body)).toEqual({
      type: 'task.succeeded',
      timestamp: '2026-11-21T00:00:00.000Z',
      data: {
        taskId: callback.taskId,
        status: 'SUCCEEDED',
        workflow: 'summarize',
        links: { self: `/v1/tasks/${callback.taskId}` },
      },
    });
    expect(await shown(callback)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
    });
  });

  it('that fails once is repeated after 5 s by the same worker', async () => {
    const { receiver, callback, pauses, deliveries } = await setUp(500, 200);

    await deliveries.deliver(callback);

    expect(pauses).toEqual([5_000]);
    expect(await shown(callback)).toMatchObject({
      state: 'delivered',
      attempts: 2,
      lastStatus: 200,
    });
    const ids = receiver.deliveries.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([callback.eventId, callback.eventId]);
    const times = receiver.deliveries.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(5);
  });

  it('to a receiver that is down for three days is tried ten times, given up, and replayed', async () => {
    const { receiver, callback, clock, deliveries, secret } = await setUp(
      ...Array.from({ length: 10 }, () => 503),
      204,
    );

    for (let rounds = 0; rounds < 20; rounds += 1) {
      await deliveries.deliverDue({ untilInMs: clock.now() + 60_000 });
      const { nextAttemptAtInMs } = (await shown(callback)) ?? {};
      if (nextAttemptAtInMs === undefined) break;
      clock.advance(nextAttemptAtInMs - clock.now());
    }

    const started = testTimeInMs / 1_000;
    const hours = receiver.deliveries.map(
      ({ headers }) => (Number(headers['webhook-timestamp']) - started) / 3_600,
    );
    expect(hours.map((hour) => Math.round(hour * 100) / 100)).toEqual([
      0, 0, 0.08, 0.58, 2.58, 7.58, 17.58, 31.58, 51.58, 75.58,
    ]);
    expect(await shown(callback)).toMatchObject({ state: 'failed', attempts: 10, lastStatus: 503 });
    clock.advance(864_000_000);
    await deliveries.deliverDue({ untilInMs: clock.now() + 60_000 });
    expect(receiver.deliveries).toHaveLength(10);

    const { taskId, run } = callback;
    await createReplayCallback({ callbacks, clock })(queuedTask({ taskId, run }));
    await deliveries.deliverDue({ untilInMs: clock.now() + 60_000 });

    expect(await shown(callback)).toMatchObject({ state: 'delivered', attempts: 11 });
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.deliveries.map(({ body }) => body)).size).toBe(1);
    expect(receiver.deliveries.every((delivery) => isSignedBy(secret, delivery))).toBe(true);
    const last = receiver.deliveries.at(-1);
    expect(Number(last?.headers['webhook-timestamp'])).toBe(Math.floor(clock.now() / 1_000));
  });

  it('is not sent again to a receiver that answers 410', async () => {
    const { receiver, callback, clock, deliveries } = await setUp(410);

    await deliveries.deliver(callback);
    clock.advance(864_000_000);
    await deliveries.deliver(callback);

    expect(receiver.deliveries).toHaveLength(1);
    expect(await shown(callback)).toMatchObject({ state: 'disabled', lastStatus: 410 });
  });

  it('comes back when a receiver says so', async () => {
    const { callback, deliveries } = await setUp((response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end();
    });

    await deliveries.deliver(callback);

    expect(await shown(callback)).toMatchObject({
      state: 'pending',
      attempts: 1,
      lastStatus: 429,
      nextAttemptAtInMs: testTimeInMs + 3_600_000,
    });
  });

  it('takes a redirect for a failure', async () => {
    const { receiver, callback, deliveries } = await setUp((response) => {
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    await deliveries.deliver(callback);

    expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/done', '/done']);
    expect(await shown(callback)).toMatchObject({ state: 'pending', lastStatus: 302 });
  });

  it('waits for the next try when nobody listens, and says so without the URL', async () => {
    const { receiver, callback, deliveries } = await setUp(204);
    await receiver.close();

    await deliveries.deliver(callback);

    const state = await shown(callback);
    expect(state).toMatchObject({ state: 'pending', attempts: 2, lastError: 'url_unreachable' });
    expect(state?.nextAttemptAtInMs).toBe(testTimeInMs + 305_000);
  });

  it('is delivered by one of many workers', async () => {
    const { receiver, callback, deliveries } = await setUp(204);

    await Promise.all(Array.from({ length: 5 }, () => deliveries.deliver(callback)));

    expect(receiver.deliveries).toHaveLength(1);
  });

  it('whose delivery is stopped in the middle is delivered when its lease has ended', async () => {
    const stop = new AbortController();
    const { receiver, callback, clock, deliveries } = await setUp(() => stop.abort('stopped'), 204);

    await expect(deliveries.deliver(callback, stop.signal)).rejects.toBe('stopped');
    await deliveries.deliver(callback);
    expect(receiver.deliveries).toHaveLength(1);
    clock.advance(30_000);
    await deliveries.deliver(callback);

    expect(receiver.deliveries).toHaveLength(2);
    expect(await shown(callback)).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('that does not come to its turn in time is left to the next worker', async () => {
    const { receiver, clock, deliveries } = await setUp(204);

    expect(await deliveries.deliverDue({ untilInMs: clock.now() })).toBe(0);
    expect(receiver.deliveries).toEqual([]);
  });

  it('of a task without one cannot be replayed', async () => {
    const replay = createReplayCallback({ callbacks, clock: createManualClock(0) });

    await expect(replay(queuedTask())).rejects.toMatchObject({ code: 'callback_not_found' });
  });
});

describe('the secret of callbacks', () => {
  it('is one for each tenant, of 32 bytes, and another with another master', async () => {
    const clock = createManualClock(0);
    const [mine, other] = [queuedTask().tenantId, queuedTask().tenantId];
    const of = (master: number) =>
      createCallbackSecrets({ readMaster: async () => new Uint8Array(32).fill(master), clock });

    const secrets = [
      await of(1).secretOf(mine),
      await of(1).secretOf(other),
      await of(2).secretOf(mine),
    ];

    expect(await of(1).secretOf(mine)).toBe(secrets[0]);
    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_/);
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
  });

  it('is read once in five minutes, and again after a failure', async () => {
    const clock = createManualClock(0);
    let reads = 0;
    const secrets = createCallbackSecrets({
      clock,
      async readMaster() {
        reads += 1;
        if (reads === 1) throw new Error('not yet');
        return new Uint8Array(32);
      },
    });
    const { tenantId } = queuedTask();

    await expect(secrets.secretOf(tenantId)).rejects.toThrow('not yet');
    await Promise.all([secrets.secretOf(tenantId), secrets.secretOf(tenantId)]);
    expect(reads).toBe(2);
    clock.advance(300_000);
    await secrets.secretOf(tenantId);
    expect(reads).toBe(3);
  });
});
