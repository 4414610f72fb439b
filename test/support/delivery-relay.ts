import type { IncomingMessage } from 'node:http';
import { startTestServer } from './http-server.ts';

/** A delivery as it came from the provider. */
export interface RelayedDelivery {
  readonly path: string;
  readonly body: Buffer;
}

/** Stands between a provider and the server under test: deliveries can be held back, repeated and sent by hand. */
export interface DeliveryRelay {
  readonly baseUrl: string;
  /** Every delivery so far, in the order of their arrival. */
  readonly received: readonly RelayedDelivery[];
  /** Where deliveries go from now on; `undefined` holds them back, and tells the provider that they were taken. */
  forwardTo(url: string | undefined): void;
  /** Sends one, and answers with the status. */
  send(url: string, delivery: RelayedDelivery): Promise<number>;
  close(): Promise<void>;
}

export async function startDeliveryRelay(
  options: { copies?: number } = {},
): Promise<DeliveryRelay> {
  const received: RelayedDelivery[] = [];
  let target: string | undefined;
  const send = async (url: string, { path, body }: RelayedDelivery) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: new Uint8Array(body) };
    const response = await fetch(`${url}${path}`, sent);
    return response.status;
  };
  const server = await startTestServer(async (request: IncomingMessage, body, response) => {
    const delivery = { path: request.url ?? '/', body };
    received.push(delivery);
    if (target === undefined) {
      response.writeHead(204).end();
      return;
    }
    const to = target;
    const copies = Array.from({ length: options.copies ?? 1 }, () => send(to, delivery));
    const statuses = await Promise.all(copies);
    response.writeHead(Math.max(...statuses)).end();
  });
  return {
    baseUrl: server.endpoint,
    received,
    forwardTo(url) {
      target = url;
    },
    send,
    close: server.close,
  };
}
