import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pinnedGet } from '#shared/adapters/system/url-fetch/pinned-request.ts';
import { type FileServer, startFileServer } from '../support/file-servers.ts';
import { createTestFetcher, urlOf } from '../support/url-fetchers.ts';

const servers: FileServer[] = [];

async function serve(listener: RequestListener): Promise<FileServer> {
  const server = await startFileServer(listener);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('redirects', () => {
  it('are followed, and the name is that of the last path', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/last/plan.md?x=1') response.end('A plan.');
      else response.writeHead(301, { location: '/last/plan.md?x=1' }).end();
    });

    const file = await createTestFetcher().fetch(urlOf(server, '/first'));

    expect(file).toEqual({ name: 'plan.md', bytes: Buffer.from('A plan.') });
  });

  it('that go in circles end', async () => {
    const server = await serve((_, response) => response.writeHead(307, { location: '/' }).end());

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'url_unreachable',
    });
    expect(server.connectionCount()).toBe(4);
  });
});

describe('a server at an address that is not public', () => {
  const answer: RequestListener = (_, response) => response.end('internal');

  it('sees no connection, however it is named', async () => {
    const server = await serve(answer);
    const { port } = server;
    const strict = createTestFetcher({
      allowsLoopback: false,
      resolve: async () => ['127.0.0.1'],
    });

    const problems = await Promise.all(
      [
        `http://127.0.0.1:${port}/`,
        `https://127.0.0.1:${port}/`,
        `http://localhost:${port}/`,
        `https://localhost:${port}/`,
        `http://2130706433:${port}/`,
        `http://[::ffff:127.0.0.1]:${port}/`,
        `https://files.example:${port}/`,
        'https://files.example/',
      ].map(strict.fetch),
    );

    expect(problems.map((problem) => 'code' in problem && problem.code)).toEqual(
      problems.map(() => 'url_forbidden'),
    );
    expect(server.connectionCount()).toBe(0);
  });

  it('sees no connection when a redirect leads to it', async () => {
    // Mapped, so that it is this very server which would answer.
    const inner = await serve(answer);
    const outer = await serve((request, response) => {
      const host = request.url === '/name' ? 'mixed.example' : '[::ffff:127.0.0.1]';
      response.writeHead(302, { location: `http://${host}:${inner.port}/` }).end();
    });
    const fetcher = createTestFetcher({ resolve: async () => ['127.0.0.1', '10.0.0.1'] });

    expect(await fetcher.fetch(urlOf(outer, '/name'))).toMatchObject({ code: 'url_forbidden' });
    expect(await fetcher.fetch(urlOf(outer, '/mapped'))).toMatchObject({ code: 'url_forbidden' });
    expect([outer.connectionCount(), inner.connectionCount()]).toEqual([2, 0]);
  });

  it('sees no connection when the name comes to mean it after the check (rebinding)', async () => {
    const hosts: (string | undefined)[] = [];
    const checked = await serve((request, response) => {
      hosts.push(request.headers.host);
      response.end('checked');
    });
    const resolved: string[] = [];
    const fetcher = createTestFetcher({
      // Nothing else knows the name: were it resolved again by the system, the connection would fail.
      async resolve(host) {
        resolved.push(host);
        return resolved.length === 1 ? ['127.0.0.1'] : ['10.0.0.1'];
      },
    });

    const file = await fetcher.fetch(`http://rebound.invalid:${checked.port}/a`);

    expect(file).toMatchObject({ bytes: Buffer.from('checked') });
    expect(resolved).toEqual(['rebound.invalid']);
    expect(hosts).toEqual([`rebound.invalid:${checked.port}`]);
  });
});

describe('a connection', () => {
  it('over TLS goes to the checked address with the name as SNI', async () => {
    const names: string[] = [];
    const server = createTlsServer({
      // Without a certificate the handshake fails, after the name has been sent.
      SNICallback(name, done) {
        names.push(name);
        done(null);
      },
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const target = {
      url: new URL(`https://files.invalid:${port}/`),
      addresses: ['127.0.0.1'],
    };

    await expect(pinnedGet(target, new AbortController().signal)).rejects.toThrow();

    expect(names).toEqual(['files.invalid']);
    await new Promise((resolve) => server.close(resolve));
  });

  it('that is refused is a problem with the reason of the system', async () => {
    const server = await serve(() => undefined);
    await server.close();
    servers.splice(0);

    expect(await createTestFetcher().fetch(urlOf(server))).toMatchObject({
      code: 'url_unreachable',
      details: { host: '127.0.0.1', reason: 'ECONNREFUSED' },
    });
  });

  it('goes to another checked address where the first does not answer', async () => {
    const server = await serve((_, response) => response.end('x'));
    const fetcher = createTestFetcher({ resolve: async () => ['::1', '127.0.0.1'] });

    const file = await fetcher.fetch(`http://two.invalid:${server.port}/a`);

    expect(file).toMatchObject({ name: 'a' });
  });
});
