import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface TestServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** A server on a free port of the loopback interface. The handler gets the whole body; what it throws is a 500. */
export async function startTestServer(
  handle: (
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ) => Promise<void> | void,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      Promise.resolve()
        .then(() => handle(request, Buffer.concat(parts), response))
        .catch(() => response.writeHead(500).end());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
