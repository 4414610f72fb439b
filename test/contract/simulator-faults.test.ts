import { afterEach, describe, expect, it } from '@jest/globals';
import { FaultName } from '#shared/simulator/fault-names.ts';
import { ask, routeNamed, send } from '../support/simulated-routes.ts';
import {
  answerTo,
  createSimulators,
  longQuestion,
  type RouteCase,
  routeCases,
} from '../support/simulators.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const simulators = createSimulators();
const user = longQuestion;

afterEach(() => simulators.closeAll());

const isRunware = ({ name }: RouteCase) => name.startsWith('runware');

describe('a fault that is a status', () => {
  const statuses: Partial<Record<FaultName, number>> = {
    '429': 429,
    '429-bare': 429,
    '429-long': 429,
    '429-date': 429,
    '400': 400,
    '401': 401,
    '401-burst': 401,
    '402': 402,
    '403': 403,
    '404': 404,
    context: 400,
    '500': 500,
    '502-html': 502,
    '503': 503,
    '529': 529,
    'error-array': 500,
    'error-string': 503,
    conflict: 409,
  };

  it.each(Object.entries(statuses))('%s is %i on every route', async (fault, status) => {
    const simulator = await simulators.failing(FaultName.parse(fault));
    for (const each of routeCases) {
      const received = await ask(simulator, each.route, { user, isStreaming: each.isStreaming });

      expect(received.status).toBe(isRunware(each) && fault === 'conflict' ? 400 : status);
      expect(received.raw).not.toBe('');
    }
    expect(simulator.report()).toMatchObject({
      requests: routeCases.length,
      faulted: routeCases.length,
      completed: 0,
      violations: [],
    });
  });

  it.each([
    { fault: '429', header: '1' },
    { fault: '429-bare', header: null },
    { fault: '429-long', header: '600' },
    { fault: '429-date', header: 'Thu, 01 Jan 2026 00:10:00 GMT' },
  ] as const)('$fault says when to come back: $header', async ({ fault, header }) => {
    const clock = createVirtualClock(Date.UTC(2026, 0, 1));
    const simulator = await simulators.start({ clock, faults: [{ when: { every: 1 }, fault }] });
    for (const { route } of routeCases) {
      const { headers } = await ask(simulator, route, { user });

      expect(headers.get('retry-after')).toBe(header);
    }
  });

  it.each([
    { route: 'cloudflare chat', fault: '429', body: { error: [{ code: 2003 }], httpCode: 429 } },
    { route: 'cloudflare chat', fault: '401', body: { errors: [{ code: 10_000 }] } },
    { route: 'cloudflare chat', fault: '401-burst', body: { error: [{ code: 2009 }] } },
    { route: 'cloudflare chat', fault: '404', body: { errors: [{ code: 7003 }] } },
    { route: 'cloudflare chat', fault: '529', body: { error: { http_code: '529' } } },
    { route: 'runware', fault: '429', body: { errors: [{ code: 'rateLimitExceeded' }] } },
    { route: 'runware', fault: '401', body: { errors: [{ code: 'invalidApiKey' }] } },
    { route: 'runware', fault: '402', body: { errors: [{ code: 'insufficientCredits' }] } },
    {
      route: 'runware',
      fault: 'sensitive',
      body: { errors: [{ code: 'contentPolicyViolation' }] },
    },
    { route: 'runware', fault: 'balance', body: { errors: [{ code: 'insufficientCredits' }] } },
    { route: 'empiriolabs chat', fault: '402', body: { error: { code: 'insufficient_credits' } } },
    { route: 'empiriolabs chat', fault: '503', body: { error: { code: 'model_unavailable' } } },
    {
      route: 'empiriolabs responses',
      fault: '429',
      body: { error: { code: 'rate_limit_exceeded' } },
    },
    {
      route: 'empiriolabs messages',
      fault: '529',
      body: { type: 'error', error: { type: 'overloaded_error' } },
    },
    { route: 'cloudsway endpoint', fault: '403', body: { error: { code: '403' } } },
    { route: 'cloudsway endpoint', fault: 'error-string', body: { error: expect.any(String) } },
    { route: 'cloudsway endpoint', fault: 'error-array', body: { error: [expect.any(Object)] } },
    { route: 'cloudflare run', fault: 'error-in-200', body: { state: 'Failed' } },
    {
      route: 'cloudflare run',
      fault: 'overload',
      body: { result: { base_resp: { status_code: 1000 } } },
    },
    {
      route: 'empiriolabs chat',
      fault: 'sensitive',
      body: { choices: null, input_sensitive: true },
    },
    { route: 'empiriolabs responses', fault: 'sensitive', body: { status: 'failed' } },
    { route: 'cloudsway endpoint', fault: 'balance', body: { base_resp: { status_code: 1008 } } },
  ] as const)("$fault on $route has the provider's form", async ({ route, fault, body }) => {
    const { raw } = await ask(await simulators.failing(fault), routeNamed(route), { user });

    expect(JSON.parse(raw)).toMatchObject(body);
  });
});

describe('a fault that hides in a success', () => {
  const hidden = ['html', 'base-resp', 'error-in-200', 'sensitive', 'balance', 'overload'] as const;

  it.each(hidden)('%s brings no answer on any route', async (fault) => {
    const simulator = await simulators.failing(fault);
    for (const each of routeCases) {
      const received = await ask(simulator, each.route, { user, isStreaming: each.isStreaming });
      const hasOwnStatus = isRunware(each) && (fault === 'sensitive' || fault === 'balance');

      expect(received.status).toBe(hasOwnStatus ? { sensitive: 400, balance: 402 }[fault] : 200);
      expect(received.texts).toEqual([]);
      expect(received.raw.length).toBeGreaterThan(20);
    }
    expect(simulator.report()).toMatchObject({ faulted: routeCases.length, completed: 0 });
  });

  it('comes as a frame where a stream was asked for', async () => {
    const simulator = await simulators.failing('sensitive');
    const { headers, raw } = await ask(simulator, routeNamed('empiriolabs chat'), {
      user,
      isStreaming: true,
    });

    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(raw).toContain('"status_code":1026');
  });
});

describe('a fault of the connection', () => {
  const broken = [
    'reset',
    'reset-after-headers',
    'reset-mid-body',
    'cut-stream',
    'lost-response',
  ] as const;

  it.each(broken)('%s ends every route in an error', async (fault) => {
    const simulator = await simulators.failing(fault);
    for (const { route, isStreaming } of routeCases) {
      await expect(ask(simulator, route, { user, isStreaming })).rejects.toThrow(
        /fetch failed|terminated/,
      );
    }
    expect(simulator.report()).toMatchObject({ faulted: routeCases.length, completed: 0 });
  });

  it('reset-after-headers and reset-mid-body have said that all is well', async () => {
    for (const fault of ['reset-after-headers', 'reset-mid-body'] as const) {
      const simulator = await simulators.failing(fault);
      const route = routeNamed('cloudsway endpoint');
      const response = await send(simulator, route.path, route.body({ user }));

      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('terminated');
    }
  });

  it.each([...routeCases])('hang says half and stays: $name, stream $isStreaming', async (each) => {
    const simulator = await simulators.failing('hang');
    const { route, isStreaming } = each;
    const response = await send(simulator, route.path, route.body({ user, isStreaming }));
    const reader = response.body?.getReader();
    const first = await reader?.read();

    expect(first?.done).toBe(false);
    expect(simulator.report().faulted).toBe(0);
    await reader?.cancel();
    await until(() => simulator.report().faulted === 1);
  });

  it('no-first-byte takes the question and says nothing', async () => {
    const simulator = await simulators.failing('no-first-byte');
    for (const [index, { route, isStreaming }] of routeCases.entries()) {
      const abandon = new AbortController();
      const asked = fetch(`${simulator.url}${route.path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer test' },
        body: JSON.stringify(route.body({ user, isStreaming })),
        signal: abandon.signal,
      });
      await until(() => Object.values(simulator.report().byPrompt)[0]?.requests === index + 1);
      abandon.abort();

      await expect(asked).rejects.toThrow('abort');
      await until(() => simulator.report().faulted === index + 1);
    }
  });

  it.each([...routeCases])(
    'drip says one character in ten seconds: $name, stream $isStreaming',
    async (each) => {
      const clock = createVirtualClock(0);
      const simulator = await simulators.start({
        clock,
        faults: [{ when: { every: 1 }, fault: 'drip' }],
      });
      const { route, isStreaming } = each;
      const { texts } = await ask(simulator, route, { user, isStreaming });

      expect(texts.join('')).toBe(await answerTo(user, route));
      expect(clock.waits.length).toBeGreaterThan(texts.join('').length);
      expect(new Set(clock.waits)).toEqual(new Set([10_000]));
      if (isStreaming) expect(new Set(texts.map((text) => [...text].length))).toEqual(new Set([1]));
    },
  );
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
