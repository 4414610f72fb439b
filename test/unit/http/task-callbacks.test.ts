import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import type { TaskEvent } from '#shared/domain/task-event.ts';
import { type LocalRuntime, startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import { isSignedBy, startWebhookReceiver, type WebhookReceiver } from '../../support/webhooks.ts';

describe('completion webhooks over the API', () => {
  let directory = '';
  let runtime: LocalRuntime;
  let api: Hono;
  let receiver: WebhookReceiver;
  const published: TaskEvent[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-callbacks-'));
    const environment = { QUIRE_ALLOW_HTTP_URLS: 'loopback' };
    runtime = await startLocalRuntime({ dataDirectory: directory, environment });
    runtime.events.subscribe(async (event) => void published.push(event));
    const options = { dataDirectory: directory, publicUrl: () => 'http://localhost' };
    api = await createLocalApi(runtime, { ...options, apiKey: undefined });
    receiver = await startWebhookReceiver(204);
  });
  afterAll(async () => {
    await runtime.close();
    await receiver.close();
    await rm(directory, { recursive: true, force: true });
  });

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await api.request(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const submit = (options: Record<string, unknown>) =>
    call('POST', '/v1/tasks', {
      workflow: 'summarize',
      inputs: [{ name: 'a.md', text: 'Revenue rose to 4.2 million.' }],
      options,
    });

  it('are signed with the secret of the tenant, shown with the task and repeated on request', async () => {
    const { body: submitted } = await submit({ callbackUrl: receiver.url });
    const { taskId } = submitted;
    expect(submitted.callback).toBeUndefined();
    const { secret } = (await call('GET', '/v1/callbacks/secret')).body;

    const [delivery] = await receiver.received(1);
    if (delivery === undefined) throw new Error('Expected a delivery.');
    const { status } = (await call('GET', `/v1/tasks/${taskId}`)).body;
    expect(isSignedBy(secret, delivery)).toBe(true);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(delivery.body)).toMatchObject({
      type: 'task.succeeded',
      data: { taskId, status: 'SUCCEEDED', links: { self: `/v1/tasks/${taskId}` } },
    });

    const shown = await untilDelivered(taskId, 1);
    expect(shown).toEqual({ state: 'delivered', attempts: 1, lastStatus: 204 });

    const replayed = await call('POST', `/v1/tasks/${taskId}/callback/replay`);
    expect(replayed).toMatchObject({ status: 202, body: { callback: { state: 'pending' } } });
    const [, again] = await receiver.received(2);
    expect(again?.headers['webhook-id']).toBe(delivery.headers['webhook-id']);
    expect(again?.body).toBe(delivery.body);
    expect(again !== undefined && isSignedBy(secret, again)).toBe(true);
    await untilDelivered(taskId, 2);
    expect(receiver.deliveries).toHaveLength(2);

    const told = published.filter((event) => event.taskId === taskId);
    expect(told.map(({ kind, stage }) => stage ?? kind)).toEqual([
      'Accepted',
      'notes',
      'reduce',
      'verify',
      'polish',
      'Succeeded',
    ]);
    expect(told.at(-1)?.eventId).toBe(delivery.headers['webhook-id']);
    expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
  });

  it.each(['http://192.168.0.1/', 'https://169.254.169.254/', 'https://10.0.0.1/a'])(
    'are refused for a URL that is never called: %s',
    async (callbackUrl) => {
      expect(await submit({ callbackUrl })).toMatchObject({
        status: 422,
        body: { code: 'url_forbidden' },
      });
    },
  );

  it('cannot be repeated for a task without one, nor for one that is not there', async () => {
    const { body } = await submit({});

    const without = await call('POST', `/v1/tasks/${body.taskId}/callback/replay`);
    const missing = await call('POST', `/v1/tasks/tsk_${'0'.repeat(26)}/callback/replay`);

    expect(without).toMatchObject({ status: 404, body: { code: 'callback_not_found' } });
    expect(missing).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
  });

  async function untilDelivered(taskId: string, attempts: number): Promise<unknown> {
    for (;;) {
      const { callback } = (await call('GET', `/v1/tasks/${taskId}`)).body;
      if (callback?.state === 'delivered' && callback.attempts === attempts) return callback;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
