import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createCallbackSender } from '#shared/adapters/system/callback-sender.ts';
import { problemOf } from '#shared/domain/errors.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import {
  isSignedBy,
  type Reception,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../../../support/webhooks.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const timeoutInMs = 15_000;

const receivers: WebhookReceiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function receiver(...receptions: readonly Reception[]): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver(...receptions);
  receivers.push(started);
  return started;
}

/** Sends one webhook at the given time; a failure is answered by its code. */
async function send(url: string, nowInMs = Date.UTC(2026, 10, 21), signal?: AbortSignal) {
  const clock = createManualClock(nowInMs);
  const sender = createCallbackSender({ clock, allowsLoopback: true });
  return await sender
    .send({ url, eventId: 'evt_1', secret, body: '{"a":1}' }, { timeoutInMs, signal })
    .catch((error: unknown) => problemOf(error).code);
}

describe('a webhook', () => {
  // Of the Standard Webhooks libraries, and of the manual of Svix.
  it.each([
    {
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
      signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    {
      secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
      eventId: 'msg_loFOjxBNrRLzqYUf',
      timestamp: 1_731_705_121,
      body: '{"event_type":"ping","data":{"success":true}}',
      signature: 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    },
  ])('is signed as the published vector of $eventId', async (vector) => {
    const { url, deliveries } = await receiver(204);
    const clock = createManualClock(vector.timestamp * 1_000 + 999);

    await createCallbackSender({ clock, allowsLoopback: true }).send(
      { ...vector, url },
      { timeoutInMs },
    );

    expect(deliveries).toMatchObject([
      {
        method: 'POST',
        path: '/done',
        body: vector.body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': vector.eventId,
          'webhook-timestamp': String(vector.timestamp),
          'webhook-signature': vector.signature,
        },
      },
    ]);
  });

  it('is no longer signed when a byte of its body or its id is changed', async () => {
    const { url, deliveries } = await receiver(204);

    await send(url);

    const [delivery] = deliveries;
    if (delivery === undefined) throw new Error('Expected a delivery.');
    const { headers } = delivery;
    expect(isSignedBy(secret, delivery)).toBe(true);
    expect(isSignedBy(secret, { ...delivery, body: '{"a":2}' })).toBe(false);
    expect(isSignedBy(secret, { ...delivery, headers: { ...headers, 'webhook-id': 'x' } })).toBe(
      false,
    );
    expect(isSignedBy(secret.replace('B', 'C'), delivery)).toBe(false);
  });
});

describe('an answer', () => {
  it.each([200, 202, 204, 400, 404, 410, 500])('is told by its status: %i', async (status) => {
    const { url } = await receiver(status);

    expect(await send(url)).toEqual({ status });
  });

  it('that redirects is not followed', async () => {
    const { url, deliveries } = await receiver((response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    expect(await send(url)).toEqual({ status: 307 });
    expect(deliveries.map(({ path }) => path)).toEqual(['/done']);
  });

  it.each([
    ['120', 120_000],
    ['Sat, 21 Nov 2026 00:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('says when to come back: Retry-After %s', async (text, retryAfterInMs) => {
    const { url } = await receiver((response) => {
      response.writeHead(429, { 'retry-after': text }).end();
    });

    expect(await send(url)).toEqual({
      status: 429,
      ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }),
    });
  });

  it('with an endless body counts by its status, and no more than a little of it is read', async () => {
    let sentInBytes = 0;
    let noteClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      noteClosed = resolve;
    });
    const { url } = await receiver((response) => {
      const part = Buffer.alloc(16_384);
      const pour = () => {
        while (!response.destroyed && response.write(part)) sentInBytes += part.length;
      };
      response.writeHead(200);
      response.on('drain', pour).once('close', noteClosed);
      pour();
    });

    expect(await send(url)).toEqual({ status: 200 });
    await closed;
    // What the buffers of both sides hold, and nothing like what was on offer.
    expect(sentInBytes).toBeLessThan(20_000_000);
  });
});

describe('no answer', () => {
  it('comes from a port that nobody listens on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));

    expect(await send(`http://127.0.0.1:${port}/`)).toBe('url_unreachable');
  });

  it('is waited for until the time is up, and the connection is given back', async () => {
    const { url, received } = await receiver(() => undefined);
    const clock = createManualClock(0);
    const sender = createCallbackSender({ clock, allowsLoopback: true });
    const callback = { url, eventId: 'evt_1', secret, body: '{}' };

    const sent = sender.send(callback, { timeoutInMs }).catch((error: unknown) => problemOf(error));
    await received(1);
    clock.advance(timeoutInMs);

    expect(await sent).toMatchObject({ code: 'url_unreachable', details: { timeoutInMs } });
  });

  it('is waited for no longer when the sender is stopped', async () => {
    const { url, received } = await receiver(() => undefined);
    const stop = new AbortController();
    const clock = createManualClock(0);
    const sender = createCallbackSender({ clock, allowsLoopback: true });
    const callback = { url, eventId: 'evt_1', secret, body: '{}' };

    const sent = sender.send(callback, { timeoutInMs, signal: stop.signal });
    await received(1);
    stop.abort(new Error('stopped'));

    await expect(sent).rejects.toThrow('stopped');
  });
});

describe('a URL', () => {
  const clock = createManualClock(0);
  const check = async (url: string, allowsLoopback = false) => {
    const resolve = async (host: string) => (host === 'inside.test' ? ['10.0.0.7'] : ['8.8.8.8']);
    const sender = createCallbackSender({ clock, allowsLoopback, resolve });
    return await sender.check(url).then(
      () => 'allowed',
      (error: unknown) => problemOf(error).code,
    );
  };

  it.each([
    ['https://hooks.example.com/done?token=1', 'allowed'],
    ['http://hooks.example.com/done', 'url_forbidden'],
    ['https://hooks.example.com:8443/', 'url_forbidden'],
    ['https://me:secret@hooks.example.com/', 'url_forbidden'],
    ['https://169.254.169.254/latest', 'url_forbidden'],
    ['https://[::ffff:10.0.0.1]/', 'url_forbidden'],
    ['https://inside.test/', 'url_forbidden'],
    ['http://127.0.0.1:9001/', 'url_forbidden'],
    ['no url', 'url_forbidden'],
  ])('%s is %s', async (url, outcome) => {
    expect(await check(url)).toBe(outcome);
  });

  it('of this machine passes where tests ask for it, and no other private one', async () => {
    expect(await check('http://127.0.0.1:9001/', true)).toBe('allowed');
    expect(await check('http://inside.test/', true)).toBe('url_forbidden');
  });

  it('is checked at every delivery again', async () => {
    const sender = createCallbackSender({ clock, resolve: async () => ['10.0.0.7'] });
    const callback = { url: 'https://moved.test/', eventId: 'evt_1', secret, body: '{}' };

    await expect(sender.send(callback, { timeoutInMs })).rejects.toMatchObject({
      code: 'url_forbidden',
    });
  });
});
