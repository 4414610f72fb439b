import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startTestServer } from './http-server.ts';

/** A signature of Standard Webhooks, made of the specification and of no code of ours: `v1,` and HMAC-SHA256 in base64. */
export function webhookSignature(
  secret: string,
  signed: { id: string; timestamp: string; body: string },
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const text = `${signed.id}.${signed.timestamp}.${signed.body}`;
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

/** Whether one of the signatures in the headers is right. Time is left to the test. */
export function isSignedBy(secret: string, webhook: Pick<Delivery, 'headers' | 'body'>): boolean {
  const { headers, body } = webhook;
  const header = (name: string) => String(headers[name] ?? '');
  const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
  const wanted = Buffer.from(webhookSignature(secret, { id, timestamp, body }));
  return header('webhook-signature')
    .split(' ')
    .map((text) => Buffer.from(text))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}

/** A webhook as it came in. */
export interface Delivery {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** Resolves when so many have come in. */
  received(count: number): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}

/** What a receiver does with a webhook; a number is a status without a body. */
export type Reception = number | ((response: ServerResponse) => void);

/** A receiver on this machine: each delivery gets the next reception, the last one all that follow. */
export async function startWebhookReceiver(
  ...receptions: readonly Reception[]
): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = [];
  const waiting = new Set<{ count: number; resolve: () => void }>();
  const server = await startTestServer(({ method, url: path, headers }, bytes, response) => {
    const reception = receptions[Math.min(deliveries.length, receptions.length - 1)] ?? 204;
    deliveries.push({ method, path, headers, body: bytes.toString() });
    if (typeof reception === 'number') response.writeHead(reception).end();
    else reception(response);
    for (const each of waiting) if (deliveries.length >= each.count) each.resolve();
  });
  return {
    url: `${server.endpoint}/done`,
    deliveries,
    async received(count) {
      await new Promise<void>((resolve) => {
        if (deliveries.length >= count) resolve();
        else waiting.add({ count, resolve });
      });
      return deliveries;
    },
    close: server.close,
  };
}
