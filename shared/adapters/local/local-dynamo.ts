import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { lockDataFolder } from './data-lock.ts';

export interface LocalDynamo {
  readonly endpoint: string;
  /** Stops the server when its last write is on disk, and gives the folder back. */
  close(): Promise<void>;
}

/**
 * A DynamoDB-compatible server in this process, on a free port of the loopback interface, with its files in the folder; without one,
 * in memory. Throws where another process uses the folder.
 */
export async function startLocalDynamo(options: { directory?: string } = {}): Promise<LocalDynamo> {
  const { directory } = options;
  const unlock = directory === undefined ? async () => undefined : await lockDataFolder(directory);
  const server = dynalite({
    ...(directory === undefined ? {} : { path: join(directory, 'dynamodb') }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  // Node closes a connection that was idle for five seconds. A request that is just being sent on it is lost without an answer, and a
  // change that counts is not sent again; only the client, in this process too, ends its connections.
  server.keepAliveTimeout = 0;
  // dynalite throws when a client hangs up in the middle of a request, and that would end this process.
  server.on('request', (request) => {
    request.removeAllListeners('error');
    request.on('error', () => undefined);
  });
  const requests = countRequests(server);
  try {
    const port = await listen(server);
    return {
      endpoint: `http://127.0.0.1:${port}`,
      async close() {
        // dynalite works on for a client that has gone away, and throws where its files are closed before it is through.
        await requests.settled();
        await stop(server);
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

const maxWaitInMs = 10_000;

/** Requests that are being worked on, whether their client still waits or not. */
function countRequests(server: Server): { settled(): Promise<void> } {
  const open = new Set<IncomingMessage>();
  let onSettled: () => void = () => undefined;
  const settle = (request: IncomingMessage) => {
    open.delete(request);
    if (open.size === 0) onSettled();
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    open.add(request);
    const { end } = response;
    const settlingEnd = (...given: Parameters<typeof end>) => {
      settle(request);
      return Reflect.apply(end, response, given);
    };
    Object.assign(response, { end: settlingEnd });
    // Of a request that has not arrived as a whole nothing is done.
    request.once('close', () => {
      if (!request.complete) settle(request);
    });
  });
  return {
    settled: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, maxWaitInMs);
        onSettled = () => {
          clearTimeout(timer);
          resolve();
        };
        if (open.size === 0) onSettled();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}
