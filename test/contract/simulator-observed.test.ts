import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  ask,
  type Received,
  routeNamed,
  send,
  simulatedRoutes,
} from '../support/simulated-routes.ts';
import { answerTo, createSimulators, longQuestion } from '../support/simulators.ts';

const simulators = createSimulators();
const user = longQuestion;
const observed = () => simulators.start({ profile: 'observed' });

afterEach(() => simulators.closeAll());

const routes = simulatedRoutes.map((route) => ({ name: route.name, route }));

describe('the observed profile', () => {
  it.each(routes)('puts thinking in tags at the head of the answer: $name', async ({ route }) => {
    const { texts, thinking } = await ask(await observed(), route, { user });

    expect(thinking).toEqual([]);
    expect(texts.join('')).toMatch(/^<think>\n[\s\S]+\n<\/think>\n\nCosts/);
  });

  it.each(routes)(
    'streams pieces at one time and all so far at another, and a client can tell: $name',
    async ({ route }) => {
      const simulator = await observed();
      const first = await ask(simulator, route, { user, isStreaming: true });
      const second = await ask(simulator, route, { user, isStreaming: true });
      const answer = await answerTo(user, route);

      expect(plain(first.texts.join(''))).toBe(answer);
      expect(plain(second.texts.at(-1) ?? '')).toBe(answer);
      expect(first.raw).not.toContain('[DONE]');
    },
  );

  it.each(routes.filter(({ route }) => route.read === routeNamed('plain chat').read))(
    'reports no usage in a stream and no role: $name',
    async ({ route }) => {
      const { usage, raw } = await ask(await observed(), route, { user, isStreaming: true });

      expect(usage).toBeUndefined();
      expect(raw).toContain('"role":""');
    },
  );

  it.each([
    { name: 'empiriolabs chat', extra: { stop: ['rose'] } },
    {
      name: 'cloudsway endpoint',
      extra: { stop: ['rose'], response_format: { type: 'json_object' } },
    },
  ])('hears neither stop nor the wish for JSON: $name', async ({ name, extra }) => {
    const simulator = await observed();
    const strict = await simulators.start();
    const deaf = await ask(simulator, routeNamed(name), { user, extra });
    const heard = await ask(strict, routeNamed(name), { user, extra });

    expect(plain(deaf.texts.join(''))).toBe(await answerTo(user, routeNamed(name)));
    expect(heard.texts.join('')).not.toContain('rose by');
  });

  it('hears no tool choice', async () => {
    const tools = [
      {
        type: 'function',
        function: { name: 'f', description: 'x', parameters: { type: 'object' } },
      },
    ];
    const extra = { tools, tool_choice: 'required' };
    const { finish } = await ask(await observed(), routeNamed('empiriolabs chat'), { user, extra });

    expect(finish).toBe('stop');
  });

  it('answers a stream of Cloudflare with JSON now and then', async () => {
    const simulator = await observed();
    const types = [];
    for (let count = 0; count < 3; count += 1) {
      const { headers } = await ask(simulator, routeNamed('cloudflare chat'), {
        user,
        isStreaming: true,
      });
      types.push(headers.get('content-type')?.split(';')[0]);
    }

    expect(types).toEqual(['text/event-stream', 'text/event-stream', 'application/json']);
  });

  it('lets pass what is only documented as wrong', async () => {
    const simulator = await observed();
    const cloudflare = await ask(simulator, routeNamed('cloudflare chat'), {
      user,
      extra: { stop: ['x'], seed: 1 },
    });
    const cloudsway = await ask(simulator, routeNamed('cloudsway endpoint'), {
      user,
      maxTokens: 100_000,
      extra: { temperature: 0 },
    });

    expect([cloudflare.status, cloudsway.status]).toEqual([200, 200]);
  });

  it('names errors of Cloudsway and counts of Runware in the other way', async () => {
    const simulator = await observed();
    const refused = await ask(simulator, routeNamed('cloudsway endpoint'), { user: '' });
    const { usage } = await ask(simulator, routeNamed('runware'), { user });

    expect(JSON.parse(refused.raw)).toEqual({ code: 400, msg: expect.any(String) });
    expect(usage).toMatchObject({
      inputTokens: expect.any(Number),
      thinkingTokens: expect.any(Number),
    });
  });

  it('counts more thinking than answer at Cloudsway', async () => {
    const { raw } = await ask(await observed(), routeNamed('cloudsway endpoint'), { user });
    const { usage } = JSON.parse(raw);

    expect(usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(
      usage.completion_tokens,
    );
  });

  it('says nothing of a task of Runware that it does not know', async () => {
    const poll = [{ taskType: 'getResponse', taskUUID: randomUUID() }];
    const response = await send(await observed(), '/runware/v1', poll);

    expect([response.status, await response.json()]).toEqual([200, { data: [] }]);
  });
});

function plain(text: Received['raw']): string {
  return text.replace(/^<think>[\s\S]*?<\/think>\s*/, '');
}
