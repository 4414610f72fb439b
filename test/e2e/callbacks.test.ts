import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { longMarkdown } from '../support/long-document.ts';
import { type QuireServer, quire, startServer } from '../support/quire-process.ts';
import { isOver, restClient } from '../support/rest-client.ts';
import { type Delivery, startWebhookReceiver, type WebhookReceiver } from '../support/webhooks.ts';

const environment = { QUIRE_ALLOW_HTTP_URLS: 'loopback' };

/** As a receiver does it: with the library of Standard Webhooks, which also refuses old timestamps. */
function verify(secret: string, delivery: Delivery | undefined): unknown {
  if (delivery === undefined) throw new Error('Expected a delivery.');
  return new Webhook(secret).verify(delivery.body, delivery.headers as Record<string, string>);
}

describe('completion webhooks', () => {
  let data = '';
  let server: QuireServer;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'quire-callbacks-'));
    server = await startServer({ dataDirectory: data, environment });
    receiver = await startWebhookReceiver(204);
  });
  afterEach(async () => {
    await server.stop();
    await receiver.close();
    await rm(data, { recursive: true, force: true });
  });

  it('are delivered once, verify, and are repeated by the command', async () => {
    const secret = (await quire(['callbacks', 'secret', '--url', server.url])).stdout.trim();
    const { body: task } = await restClient(server.url).post('/v1/tasks', {
      workflow: 'summarize',
      inputs: [{ name: 'depots.md', text: longMarkdown(2) }],
      options: { callbackUrl: receiver.url },
    });

    const [first] = await receiver.received(1);
    expect(verify(secret, first)).toMatchObject({
      type: 'task.succeeded',
      data: { taskId: task.taskId, status: 'SUCCEEDED', workflow: 'summarize' },
    });
    expect(() => verify('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', first)).toThrow();

    const replay = await quire(['callbacks', 'replay', task.taskId, '--url', server.url]);
    expect(replay.code).toBe(0);
    const [, second] = await receiver.received(2);
    verify(secret, second);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
  });

  it('survive a server that is killed while one is under way', async () => {
    const silent = await startWebhookReceiver(() => undefined);
    const api = restClient(server.url);
    const { body: task } = await api.post('/v1/tasks', {
      workflow: 'summarize',
      inputs: [{ name: 'depots.md', text: longMarkdown(2) }],
      options: { callbackUrl: silent.url },
    });
    await silent.received(1);
    await server.kill();
    await silent.close();

    server = await startServer({ dataDirectory: data, environment });

    // It is tried again when the lease of the one that was cut off has ended; the test does not wait for that.
    const [shown] = await restClient(server.url).follow(task.taskId, isOver);
    expect(shown).toMatchObject({ status: 'SUCCEEDED', callback: { state: 'pending' } });
  });
});
