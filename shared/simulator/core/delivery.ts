import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { SimulatorClock } from '../clock.ts';
import type { FaultName } from '../fault-names.ts';

/** A reply before it is sent: what is in it, in the pieces in which it leaves. */
export interface Payload {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly string[];
}

export const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

export function jsonPayload(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Payload {
  return { status, headers: { ...headers, ...jsonHeaders }, pieces: [JSON.stringify(body)] };
}

const dripInMs = 10_000;

/** Sends a reply as the connection lets it. Returns when nothing more will be sent. */
export async function deliver(
  response: ServerResponse,
  payload: Payload,
  { fault, clock }: { fault: FaultName | undefined; clock: SimulatorClock },
): Promise<void> {
  const { status, headers, pieces } = payload;
  switch (fault) {
    case 'reset':
    case 'lost-response':
      response.socket?.destroy();
      return;
    case 'no-first-byte':
      return closed(response);
    case 'reset-after-headers':
      response.writeHead(status, headers);
      response.flushHeaders();
      response.socket?.write('', () => response.socket?.destroy());
      return;
    case 'reset-mid-body':
    case 'cut-stream':
      response.writeHead(status, headers);
      response.write(firstHalf(pieces), () => response.socket?.destroy());
      return;
    case 'hang':
      response.writeHead(status, headers);
      response.write(firstHalf(pieces));
      return closed(response);
    case 'drip':
      response.writeHead(status, headers);
      return drip(response, pieces, clock);
    default:
      response.writeHead(status, headers);
      for (const piece of pieces) response.write(piece);
      response.end();
  }
}

/** Most likely in the middle of a frame. */
function firstHalf(pieces: readonly string[]): string {
  const whole = pieces.join('');
  return whole.slice(0, Math.floor(whole.length / 2));
}

async function drip(
  response: ServerResponse,
  pieces: readonly string[],
  clock: SimulatorClock,
): Promise<void> {
  // A stream drips by its frames, of one character each; a body that is one piece, by its letters.
  const [whole = ''] = pieces;
  const gone = closed(response);
  for (const drop of pieces.length === 1 ? whole : pieces) {
    if (response.destroyed) return;
    response.write(drop);
    await Promise.race([clock.sleep(dripInMs), gone]);
  }
  response.end();
}

async function closed(response: ServerResponse): Promise<void> {
  if (!response.destroyed) await once(response, 'close');
}
