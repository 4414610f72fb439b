import { createServer as createHttpServer, type RequestListener } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';

export interface FileServer {
  readonly port: number;
  /** Connections so far, also those that never asked for anything. */
  readonly connectionCount: () => number;
  /** Resolves when the last connection has gone. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** An HTTP server on loopback that counts its connections. */
export function startFileServer(listener: RequestListener): Promise<FileServer> {
  return listen(createHttpServer(listener));
}

/** A server that says what it likes, byte for byte. */
export function startRawServer(talk: (socket: Socket) => void): Promise<FileServer> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => talk(socket));
    }),
  );
}

async function listen(server: Server): Promise<FileServer> {
  const open = new Set<Socket>();
  let count = 0;
  let onIdle: () => void = () => undefined;
  server.on('connection', (socket: Socket) => {
    count += 1;
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) onIdle();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connectionCount: () => count,
    allClosed: () =>
      new Promise((resolve) => {
        onIdle = resolve;
        if (open.size === 0) resolve();
      }),
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
