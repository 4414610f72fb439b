import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { routeNamed, send } from '../support/simulated-routes.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  await fetch(`${simulator.url}/__sim/reset`, { method: 'POST' });
});

const user = 'Costs rose by 4 percent.';

async function refusal(name: string, extra: Readonly<Record<string, unknown>>) {
  const route = routeNamed(name);
  const response = await send(simulator, route.path, route.body({ user, extra }));
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const tool = { name: 'f', description: 'does', parameters: { type: 'object', properties: {} } };
const called = (id: string, text = '{}') => ({
  role: 'assistant',
  content: '',
  tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: text } }],
});
const asks = { role: 'user', content: user };

describe('Cloudflare refuses', () => {
  it.each([
    { name: 'stop', extra: { stop: ['x'] } },
    { name: 'seed', extra: { seed: 1 } },
    { name: 'n', extra: { n: 1 } },
    { name: 'reasoning_split', extra: { reasoning_split: true } },
    { name: 'a tool choice of required', extra: { tool_choice: 'required' } },
    { name: 'a temperature of 1.5', extra: { temperature: 1.5 } },
    { name: 'no room', extra: { max_tokens: 0 } },
    { name: 'json_object', extra: { response_format: { type: 'json_object' } } },
    {
      name: 'a schema that says what is required',
      extra: {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'a', schema: { type: 'object', properties: {}, required: [] } },
        },
      },
    },
    {
      name: 'a tool without a description',
      extra: { tools: [{ type: 'function', function: { ...tool, description: undefined } }] },
    },
    { name: 'content null', extra: { messages: [{ role: 'assistant', content: null }, asks] } },
    { name: 'a role of developer', extra: { messages: [{ role: 'developer', content: 'x' }] } },
    {
      name: 'a system message that is not the first',
      extra: { messages: [asks, { role: 'system', content: 'x' }] },
    },
    { name: 'an empty question', extra: { messages: [{ role: 'user', content: '' }] } },
  ])('$name', async ({ extra }) => {
    const { status, body } = await refusal('cloudflare chat', extra);

    expect(status).toBe(400);
    expect(body).toMatchObject({ success: false, errors: [{ code: 5004 }] });
    expect(simulator.report().violations).toEqual([expect.stringMatching(/^cloudflare: 400 /)]);
    expect(simulator.report().byProvider['cloudflare']).toMatchObject({ violations: 1 });
  });

  it.each([
    { name: 'another model', extra: { model: 'minimax-m2-7' }, status: 400, code: 5007 },
    { name: 'no model', extra: { model: undefined }, status: 400, code: 5007 },
  ])('$name', async ({ extra, status, code }) => {
    expect(await refusal('cloudflare chat', extra)).toMatchObject({
      status,
      body: { errors: [{ code }] },
    });
  });

  it('a question beyond its window, in the words of the model behind it', async () => {
    const messages = [{ role: 'user', content: 'x'.repeat(512_004) }];
    const { status, body } = await refusal('cloudflare run', { messages });

    expect(status).toBe(400);
    expect(body).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('context window exceeds limit (2013)') },
    });
  });

  it('paths that it does not have, and repeats them', async () => {
    const path = '/cloudflare/client/v4/accounts/a-token-by-mistake/ai/v1/embeddings';
    const response = await send(simulator, path, {});

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ code: 7003, message: expect.stringContaining('a-token-by-mistake') }],
    });
  });

  it('a question without a key, and one that is no POST', async () => {
    const url = `${simulator.url}${routeNamed('cloudflare chat').path}`;
    const withoutKey = await fetch(url, { method: 'POST', body: '{}' });
    const notPosted = await fetch(url);

    expect(withoutKey.status).toBe(401);
    expect(await withoutKey.json()).toMatchObject({ errors: [{ code: 10_000 }] });
    expect(notPosted.status).toBe(405);
  });
});

describe('Cloudsway refuses', () => {
  it.each([
    { name: 'a temperature of 0', extra: { temperature: 0 } },
    { name: 'a top_p of 0', extra: { top_p: 0 } },
    { name: 'more than 2048 tokens', extra: { max_tokens: 2_049 } },
    { name: 'the same by its newer name', extra: { max_completion_tokens: 4_096 } },
    { name: 'five stops', extra: { stop: ['a', 'b', 'c', 'd', 'e'] } },
    { name: 'two answers', extra: { n: 2 } },
    { name: 'a schema', extra: { response_format: { type: 'json_schema', json_schema: {} } } },
    { name: 'a penalty of 3', extra: { frequency_penalty: 3 } },
    { name: 'a role of developer', extra: { messages: [{ role: 'developer', content: 'x' }] } },
    {
      name: 'a result of no call',
      extra: { messages: [asks, { role: 'tool', tool_call_id: 'c', content: 'x' }] },
    },
    { name: 'a call without its result', extra: { messages: [asks, called('c'), asks] } },
    { name: 'arguments that are no JSON', extra: { messages: [asks, called('c', '{')] } },
  ])('$name', async ({ extra }) => {
    const { status, body } = await refusal('cloudsway endpoint', extra);

    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { message: expect.any(String), code: '400' } });
    expect(simulator.report().violations).toEqual([expect.stringMatching(/^cloudsway: 400 /)]);
  });

  it('a model of another kind', async () => {
    expect((await refusal('cloudsway endpoint', { model: 'minimax-m2-7' })).status).toBe(404);
  });

  it('nothing of its own example', async () => {
    const messages = [
      { role: 'system', name: 'MiniMax AI' },
      { role: 'user', content: [{ type: 'text', text: 'hello' }], name: 'user' },
    ];

    expect((await refusal('cloudsway platform', { messages })).status).toBe(200);
  });
});

describe('EmpirioLabs refuses', () => {
  it.each([
    { route: 'empiriolabs responses', name: 'no input', extra: { input: '' } },
    { route: 'empiriolabs responses', name: 'no room', extra: { max_output_tokens: 0 } },
    { route: 'empiriolabs responses', name: 'a temperature of 3', extra: { temperature: 3 } },
    { route: 'empiriolabs messages', name: 'no word on room', extra: { max_tokens: undefined } },
    {
      route: 'empiriolabs messages',
      name: 'a system role',
      extra: { messages: [{ role: 'system', content: 'x' }] },
    },
    { route: 'empiriolabs messages', name: 'a temperature of 3', extra: { temperature: 3 } },
    {
      route: 'empiriolabs chat',
      name: 'a tool without a name',
      extra: { tools: [{ type: 'function', function: {} }] },
    },
  ])('$name on $route', async ({ route, extra }) => {
    const { status, body } = await refusal(route, extra);
    const isMessages = route.endsWith('messages');

    expect(status).toBe(400);
    expect(body).toMatchObject({
      ...(isMessages && { type: 'error' }),
      error: { type: 'invalid_request_error', message: expect.any(String) },
    });
    expect(simulator.report().violations).toEqual([expect.stringMatching(/^empiriolabs: 400 /)]);
  });

  it('another model on every route', async () => {
    for (const route of ['empiriolabs chat', 'empiriolabs responses', 'empiriolabs messages']) {
      expect((await refusal(route, { model: 'gpt' })).status).toBe(404);
    }
  });
});

describe('Runware refuses', () => {
  const settings = (values: object) => ({ settings: values });

  it.each([
    {
      name: 'a UUID of version 1',
      extra: { taskUUID: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
      code: 'invalidTaskUUID',
    },
    { name: 'no UUID', extra: { taskUUID: undefined }, code: 'missingTaskUUID' },
    { name: 'another model', extra: { model: 'minimax/m2.7' }, code: 'invalidModel' },
    {
      name: 'a system role',
      extra: { messages: [{ role: 'system', content: 'x' }] },
      code: 'invalidRole',
    },
    {
      name: 'an empty message',
      extra: { messages: [{ role: 'user', content: '' }] },
      code: 'invalidContent',
    },
    {
      name: 'a named message',
      extra: { messages: [{ ...asks, name: 'x' }] },
      code: 'unsupportedParameter',
    },
    { name: 'settings at the top', extra: { temperature: 0.5 }, code: 'unsupportedParameter' },
    { name: 'tools', extra: { tools: [] }, code: 'unsupportedParameter' },
    {
      name: 'binary noise',
      extra: settings({ temperature: 0.1 + 0.2 }),
      code: 'invalidTemperature',
    },
    {
      name: 'a temperature of 1.5',
      extra: settings({ temperature: 1.5 }),
      code: 'invalidTemperature',
    },
    { name: 'no room', extra: settings({ maxTokens: 0 }), code: 'invalidMaxTokens' },
    { name: 'too much room', extra: settings({ maxTokens: 196_609 }), code: 'invalidMaxTokens' },
    {
      name: 'a long system prompt',
      extra: settings({ systemPrompt: 'x'.repeat(200_001) }),
      code: 'invalidSystemPrompt',
    },
    { name: 'five results', extra: { numberResults: 5 }, code: 'invalidNumberResults' },
    { name: 'a seed below zero', extra: { seed: -1 }, code: 'invalidSeed' },
    {
      name: 'another delivery',
      extra: { deliveryMethod: 'webhook' },
      code: 'invalidDeliveryMethod',
    },
  ])('$name', async ({ extra, code }) => {
    const { status, body } = await refusal('runware', extra);

    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ code, taskType: 'textInference' }] });
    expect(body.errors[0].parameter).toEqual(expect.any(String));
    expect(simulator.report().byProvider).toMatchObject({
      runware: { requests: 1, violations: 1 },
    });
  });

  it('several results in a stream, with the fields that do not go together', async () => {
    const { body } = await refusal('runware', { deliveryMethod: 'stream', numberResults: 2 });

    expect(body).toMatchObject({
      error: { code: 'invalidMessages', parameter: ['deliveryMethod', 'numberResults'] },
      taskUUID: expect.any(String),
    });
  });

  it.each([
    { name: 'a task that is not in a list', body: { taskType: 'textInference' }, status: 400 },
    { name: 'a list with nothing in it', body: [], status: 400 },
    { name: 'a task that is none', body: ['x'], status: 400 },
    { name: 'a task of another kind', body: [{ taskType: 'imageInference' }], status: 400 },
  ])('$name', async ({ body, status }) => {
    const response = await send(simulator, '/runware/v1', body);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
    expect(simulator.report()).toMatchObject({ requests: 1, violations: [expect.any(String)] });
  });

  it('who has no key, in the header or in front of the tasks', async () => {
    const tasks = routeNamed('runware').body({ user });
    const post = (body: unknown) =>
      fetch(`${simulator.url}/runware/v1`, { method: 'POST', body: JSON.stringify(body) });
    const first = { taskType: 'authentication', apiKey: 'test' };
    const without = await post(tasks);
    const withTask = await post([first, ...(Array.isArray(tasks) ? tasks : [])]);

    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ errors: [{ code: 'missingApiKey' }] });
    expect(withTask.status).toBe(200);
    expect(JSON.parse(await withTask.text()).data).toHaveLength(1);
  });

  it('only the task that is wrong', async () => {
    const good = { taskType: 'textInference', taskUUID: randomUUID(), model: 'minimax:m2.7@0' };
    const tasks = [
      { ...good, messages: [asks] },
      { ...good, taskUUID: randomUUID(), messages: [] },
    ];
    const response = await send(simulator, '/runware/v1', tasks);

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      data: [{ taskUUID: good.taskUUID, text: user }],
      errors: [{ code: 'invalidMessages', taskUUID: tasks[1]?.taskUUID }],
    });
    expect(simulator.report().byProvider['runware']).toMatchObject({ completed: 1, violations: 1 });
  });
});
