import { describe, expect, it } from '@jest/globals';
import type { HttpResponse } from '#shared/adapters/system/url-fetch/pinned-request.ts';
import type { Target } from '#shared/adapters/system/url-fetch/target.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { problemOf } from '#shared/domain/errors.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

const limits = { maxSizeInBytes: 1_000, timeoutInMs: 30_000 };
const publicAddress = '93.184.215.14';

interface Scene {
  /** What a name resolves to: the first time, the second time, … */
  readonly names?: Record<string, readonly (readonly string[])[]>;
  readonly answers?: readonly Partial<HttpResponse>[];
  readonly allowsLoopback?: boolean;
}

/** A fetcher whose resolver and connections are played: what it would have connected to is written down. */
function play({ names = {}, answers = [], allowsLoopback = false }: Scene) {
  const resolved: string[] = [];
  const connected: { host: string; addresses: readonly string[] }[] = [];
  const clock = createManualClock(0);
  const fetcher = createUrlFetcher({
    clock,
    allowsLoopback,
    async resolve(host) {
      const times = resolved.filter((each) => each === host).length;
      resolved.push(host);
      return names[host]?.[times] ?? [];
    },
    async get({ url, addresses }: Target) {
      const answer = answers[connected.length];
      connected.push({ host: url.host, addresses });
      async function* body() {
        yield new TextEncoder().encode('A sentence.');
      }
      return {
        status: 200,
        headers: {},
        body: body(),
        close: () => Promise.resolve(),
        ...answer,
      };
    },
  });
  return {
    resolved,
    connected,
    clock,
    fetch: (url: string) => fetcher.fetch(url, limits).catch((error: unknown) => problemOf(error)),
  };
}

const redirectTo = (location: string): Partial<HttpResponse> => ({
  status: 302,
  headers: { location },
});

describe('a URL', () => {
  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://127.0.0.1/',
    'https://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://100.64.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://012.0.0.1/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https://0.0.0.0/',
    'https://255.255.255.255/',
  ])(
    'that names a host which is not public (%s) is refused before anything is connected',
    async (url) => {
      const scene = play({});

      expect(await scene.fetch(url)).toMatchObject({ code: 'url_forbidden' });
      expect(scene.connected).toEqual([]);
      expect(scene.resolved).toEqual([]);
    },
  );

  it.each([
    ['http://files.example/a.docx', 'one of another scheme'],
    ['ftp://files.example/a.docx', 'one of another scheme'],
    ['file:///etc/passwd', 'one of another scheme'],
    ['data:text/plain,hello', 'one of another scheme'],
    ['https://user:word@files.example/a.docx', 'got one with them'],
    ['https://user@files.example/a.docx', 'got one with them'],
    ['https://files.example:8443/a.docx', 'got 8443'],
    ['https://files.example:80/a.docx', 'got 80'],
    ['files.example/a.docx', 'a text that is none'],
    ['https://', 'a text that is none'],
    ['https://1.2.3.4.5.999/', 'a text that is none'],
  ])(
    'of a form that is not taken (%s) is refused before its name is resolved',
    async (url, reason) => {
      const scene = play({ names: { 'files.example': [[publicAddress]] } });

      expect(await scene.fetch(url)).toMatchObject({
        code: 'url_forbidden',
        message: expect.stringContaining(reason),
      });
      expect(scene.resolved).toEqual([]);
      expect(scene.connected).toEqual([]);
    },
  );

  it('of port 443 and a public host is fetched', async () => {
    const scene = play({ names: { 'files.example': [[publicAddress]] } });

    const file = await scene.fetch('https://files.example:443/a.docx?token=secret');

    expect(file).toEqual({ name: 'a.docx', bytes: new TextEncoder().encode('A sentence.') });
    expect(scene.connected).toEqual([{ host: 'files.example', addresses: [publicAddress] }]);
  });

  it('is never told in an error, since it may hold a token: the host is', async () => {
    const scene = play({
      names: { 'files.example': [['10.0.0.1']], 'gone.example': [] },
    });
    const urls = [
      'https://files.example/path-canary?token=canary#canary',
      'https://canary:canary@files.example/canary',
      'http://files.example/canary?canary',
      'https://gone.example/canary?canary',
      'https://canary canary/',
    ];

    const problems = await Promise.all(urls.map(scene.fetch));

    expect(JSON.stringify(problems)).not.toContain('canary');
    expect(problems.slice(0, 4).map((problem) => problem)).toMatchObject(
      ['files.example', 'files.example', 'files.example', 'gone.example'].map((host) => ({
        details: { host },
      })),
    );
  });
});

describe('a name', () => {
  it('with one address that is not public is refused, in whatever order they come', async () => {
    for (const addresses of [
      [publicAddress, '10.0.0.1'],
      ['::1', publicAddress],
      [publicAddress, 'fe80::1%eth0'],
      [publicAddress, 'no address'],
    ]) {
      const scene = play({ names: { 'files.example': [addresses] } });

      expect(await scene.fetch('https://files.example/a')).toMatchObject({ code: 'url_forbidden' });
      expect(scene.connected).toEqual([]);
    }
  });

  it('is resolved once: a second answer that would be private (rebinding) is never asked for', async () => {
    const scene = play({ names: { 'files.example': [[publicAddress], ['127.0.0.1']] } });

    await scene.fetch('https://files.example/a');

    expect(scene.resolved).toEqual(['files.example']);
    expect(scene.connected).toEqual([{ host: 'files.example', addresses: [publicAddress] }]);
  });

  it('that a redirect comes back to is checked again', async () => {
    const scene = play({
      names: { 'files.example': [[publicAddress], ['127.0.0.1']] },
      answers: [redirectTo('/b')],
    });

    expect(await scene.fetch('https://files.example/a')).toMatchObject({ code: 'url_forbidden' });
    expect(scene.connected).toHaveLength(1);
  });

  it('without an address is unreachable', async () => {
    const scene = play({});

    expect(await scene.fetch('https://gone.example/')).toMatchObject({ code: 'url_unreachable' });
  });

  it('that the resolver never answers for is given up at the deadline, and not connected to later', async () => {
    let answer: (addresses: readonly string[]) => void = () => undefined;
    const clock = createManualClock(0);
    const connected: string[] = [];
    const fetcher = createUrlFetcher({
      clock,
      resolve: () => new Promise((resolve) => (answer = resolve)),
      async get({ url }) {
        connected.push(url.host);
        throw new Error('Nothing may be connected.');
      },
    });
    const problem = fetcher.fetch('https://files.example/', limits).catch(problemOf);

    clock.advance(limits.timeoutInMs);
    expect(await problem).toMatchObject({
      code: 'url_unreachable',
      details: { host: 'files.example', timeoutInMs: 30_000 },
    });
    answer([publicAddress]);
    await new Promise(setImmediate);
    expect(connected).toEqual([]);
  });
});

describe('a redirect', () => {
  const names = { 'files.example': Array.from({ length: 9 }, () => [publicAddress]) };

  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://127.0.0.1:9001/',
    '//[::1]/',
    'https://internal.example/',
    'https://user:word@files.example/',
    'https://files.example:22/',
    'http://files.example/a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://[',
  ])('to %s is refused before anything is connected', async (location) => {
    const scene = play({
      names: { ...names, 'internal.example': [['192.168.0.1']] },
      answers: [redirectTo(location)],
    });

    expect(await scene.fetch('https://files.example/a')).toMatchObject({ code: 'url_forbidden' });
    expect(scene.connected).toHaveLength(1);
  });

  it('is followed three times and no more', async () => {
    const [first, second, third] = ['/1', 'https://files.example/2', '3.md'].map(redirectTo);
    const three = play({ names, answers: [first ?? {}, second ?? {}, third ?? {}] });
    const four = play({ names, answers: Array.from({ length: 9 }, () => redirectTo('/again')) });

    expect(await three.fetch('https://files.example/')).toMatchObject({ name: '3.md' });
    expect(await four.fetch('https://files.example/')).toMatchObject({ code: 'url_unreachable' });
    expect([three.connected.length, four.connected.length]).toEqual([4, 4]);
  });

  it('leads from https to http not even where http to this machine is allowed', async () => {
    const scene = play({
      names,
      answers: [redirectTo('http://127.0.0.1:8080/')],
      allowsLoopback: true,
    });

    expect(await scene.fetch('https://files.example/a')).toMatchObject({ code: 'url_forbidden' });
    expect(scene.connected).toHaveLength(1);
  });
});

describe('where http to this machine is allowed', () => {
  const names = {
    'local.example': [['127.0.0.1', '::1']],
    'mixed.example': [['127.0.0.1', '10.0.0.1']],
    'public.example': [[publicAddress]],
  };

  it.each(['http://127.0.0.1:8080/a', 'http://[::1]:8080/a', 'http://local.example:8080/a'])(
    '%s is fetched',
    async (url) => {
      expect(await play({ names, allowsLoopback: true }).fetch(url)).toMatchObject({ name: 'a' });
    },
  );

  it.each([
    'http://public.example/a',
    'http://mixed.example/a',
    'http://10.0.0.1/a',
    'http://169.254.169.254/a',
    'http://[::ffff:127.0.0.1]/a',
    'http://user@127.0.0.1/a',
    'https://127.0.0.1/a',
    'https://local.example/a',
  ])('%s is refused nevertheless', async (url) => {
    const scene = play({ names, allowsLoopback: true });

    expect(await scene.fetch(url)).toMatchObject({ code: 'url_forbidden' });
    expect(scene.connected).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([204, 206, 304, 401, 404, 500])('of status %i is no file', async (status) => {
    const scene = play({ names: { 'files.example': [[publicAddress]] }, answers: [{ status }] });

    expect(await scene.fetch('https://files.example/a')).toMatchObject({
      code: 'url_unreachable',
      details: { host: 'files.example', status },
    });
  });
});
