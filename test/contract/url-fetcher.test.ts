import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type FileServer, startFileServer, startRawServer } from '../support/file-servers.ts';
import { createTestFetcher, maxSizeInBytes, urlOf } from '../support/url-fetchers.ts';

const servers: FileServer[] = [];

async function serve(listener: RequestListener): Promise<FileServer> {
  const server = await startFileServer(listener);
  servers.push(server);
  return server;
}

async function serveRaw(...parts: readonly (string | Buffer)[]): Promise<FileServer> {
  const server = await startRawServer((socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('a file', () => {
  it('is fetched as it is, with its name of the header, and the connection is closed', async () => {
    const content = Buffer.alloc(150_000, 'quire ');
    const server = await serve((_, response) => {
      response.writeHead(200, {
        'content-length': content.byteLength,
        // UTF-8, as many servers send it and no standard has it.
        'content-disposition': Buffer.from('attachment; filename="Größe 1.docx"').toString(
          'latin1',
        ),
      });
      response.end(content);
    });

    const file = await createTestFetcher().fetch(urlOf(server));

    expect(file).toEqual({ name: 'Größe-1.docx', bytes: content });
    await server.allClosed();
  });

  it('is asked for without anything that tells who asks', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const server = await serve((request, response) => {
      asked.push(request.headers);
      const isFirst = asked.length === 1;
      response.writeHead(isFirst ? 302 : 200, {
        'set-cookie': 'session=1',
        ...(isFirst ? { location: '/other' } : {}),
      });
      response.end('x');
    });

    await createTestFetcher().fetch(urlOf(server));

    const headers = {
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'quire',
    };
    expect(asked).toEqual([headers, headers]);
  });

  it('of very many tiny parts arrives whole', async () => {
    const size = 100_000;
    const server = await serveRaw(
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
      '1\r\nx\r\n'.repeat(size),
      '0\r\n\r\n',
    );

    const file = await createTestFetcher().fetch(urlOf(server));

    expect(file).toEqual({ name: 'file.txt', bytes: Buffer.alloc(size, 'x') });
  });

  it('of exactly the largest size passes', async () => {
    const server = await serve((_, response) => response.end(Buffer.alloc(maxSizeInBytes)));

    const file = await createTestFetcher().fetch(urlOf(server));

    expect(file).toMatchObject({ bytes: Buffer.alloc(maxSizeInBytes) });
  });

  it('cut short of its declared length is not taken for whole', async () => {
    const server = await serveRaw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n', 'only this');

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'url_unreachable',
    });
  });
});

describe('a file that is too large', () => {
  it('is refused by its declared length, before it is read', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 60_000_000 });
      response.flushHeaders();
    });

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'file_too_large',
      details: { host: '127.0.0.1', limit: maxSizeInBytes, actual: 60_000_000 },
    });
    await server.allClosed();
  });

  it('without a declared length is cut off at the limit, although it never ends', async () => {
    const part = Buffer.alloc(16_384);
    const server = await serve((_, response) => {
      const send = () => {
        if (response.destroyed) return;
        if (response.write(part)) setImmediate(send);
        else response.once('drain', send);
      };
      send();
    });

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'file_too_large',
      details: { host: '127.0.0.1', limit: maxSizeInBytes },
    });
    await server.allClosed();
  });

  it('and declares less is read to its declared length at most', async () => {
    const server = await serveRaw(
      'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n',
      Buffer.alloc(1_000_000, 'x'),
    );

    const outcome = await createTestFetcher().fetch(urlOf(server));

    const length = 'bytes' in outcome ? outcome.bytes.byteLength : 0;
    expect(length).toBeLessThanOrEqual(10);
  });

  it('and declares less, but is sent in parts, is not taken at all', async () => {
    const server = await serveRaw(
      'HTTP/1.1 200 OK\r\ncontent-length: 10\r\ntransfer-encoding: chunked\r\n\r\n',
      `f4240\r\n${'x'.repeat(1_000_000)}\r\n0\r\n\r\n`,
    );

    expect(await createTestFetcher().fetch(urlOf(server))).toHaveProperty('code');
  });
});

describe('a compressed answer', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });

  it('to a request for none is refused, not inflated', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'url_unreachable',
    });
  });

  it('is kept as it is where the file itself is an archive', async () => {
    const server = await serve((_, response) => response.end(bomb));

    const file = await createTestFetcher().fetch(urlOf(server, '/bomb.gz'));

    expect(file).toEqual({ name: 'bomb.gz', bytes: bomb });
  });
});

describe('the deadline', () => {
  it('ends an answer that drips for ever', async () => {
    const fetcher = createTestFetcher();
    const server = await serve((_, response) => {
      const drip = () => {
        if (response.destroyed) return;
        // The clock goes on with every byte, as it would with a server that sends one a second.
        response.write('x', () => {
          fetcher.clock.advance(1_000);
          setImmediate(drip);
        });
      };
      drip();
    });

    expect(await fetcher.fetch(urlOf(server))).toMatchObject({
      code: 'url_unreachable',
      details: { host: '127.0.0.1', timeoutInMs: 30_000 },
    });
    expect(fetcher.clock.now()).toBeGreaterThanOrEqual(30_000);
    await server.allClosed();
  });

  it.each([
    ['headers', ''],
    ['the end of its headers', 'HTTP/1.1 200 OK\r\nx-slow: '],
    ['a final status', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('ends an answer without %s', async (_, start) => {
    const fetcher = createTestFetcher();
    const server = await startRawServer((socket) => {
      socket.write(start, () => fetcher.clock.advance(30_000));
      if (start === '') fetcher.clock.advance(30_000);
    });
    servers.push(server);

    expect(await fetcher.fetch(urlOf(server))).toMatchObject({ code: 'url_unreachable' });
    await server.allClosed();
  });

  it('counts for all redirects together', async () => {
    const fetcher = createTestFetcher();
    const server = await serve((request, response) => {
      fetcher.clock.advance(11_000);
      const step = Number(request.url?.slice(1));
      response.writeHead(302, { location: `/${step + 1}` });
      response.end();
    });

    expect(await fetcher.fetch(urlOf(server, '/1'))).toMatchObject({
      code: 'url_unreachable',
      details: { timeoutInMs: 30_000 },
    });
  });
});
