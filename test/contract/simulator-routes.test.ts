import { afterEach, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { type Simulator, type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';
import { ask, routeNamed, send, simulatedRoutes } from '../support/simulated-routes.ts';

const open: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

const user = 'Costs rose by 4 percent. 🚆 Sales fell.';
const routes = simulatedRoutes.map((route) => ({ name: route.name, route }));

describe('every route of the simulator', () => {
  it.each(routes)('answers in one piece and in a stream alike: $name', async ({ route }) => {
    const simulator = await start();
    const whole = await ask(simulator, route, { user, system: 'Be brief.' });
    const streamed = await ask(simulator, route, { user, system: 'Be brief.', isStreaming: true });

    expect(whole.texts).toEqual([user]);
    expect(streamed.texts.join('')).toBe(user);
    expect(streamed.headers.get('content-type')).toContain('text/event-stream');
    expect([whole.finish, streamed.finish]).toEqual([whole.finish, whole.finish]);
    expect(['stop', 'end_turn', 'completed']).toContain(whole.finish);
    expect(streamed.usage).toEqual(whole.usage);
    expect(streamed.isClosed).toBe(true);
    expect(whole.thinking.join('')).toBe(streamed.thinking.join(''));
    expect(simulator.report()).toMatchObject({
      requests: 2,
      completed: 2,
      violations: [],
      byProvider: { [route.provider]: { requests: 2, completed: 2, violations: 0 } },
    });
  });

  it.each(routes)('shows thinking apart, where it shows it: $name', async ({ name, route }) => {
    const { thinking, raw } = await ask(await start(), route, { user });

    expect(thinking).toHaveLength(name === 'cloudsway platform' ? 0 : 1);
    expect(raw).not.toContain('<think>');
  });

  it.each(routes)('runs out of room where there is little: $name', async ({ route }) => {
    const { finish, texts, usage } = await ask(await start(), route, { user, maxTokens: 3 });

    expect(['length', 'max_tokens', 'max_output_tokens']).toContain(finish);
    expect(texts).toEqual([]);
    expect(JSON.stringify(usage)).toMatch(/"(completion_tokens|output_tokens|completionTokens)":3/);
  });

  it('tells questions that are paid twice, whichever providers answered them', async () => {
    const simulator = await start();
    for (const name of ['runware', 'empiriolabs responses']) {
      await ask(simulator, routeNamed(name), { user, system: 'Be brief.' });
    }
    await ask(simulator, routeNamed('cloudsway endpoint'), { user: 'Other.', system: 'Be brief.' });

    expect(simulator.report()).toMatchObject({ completed: 3, promptsCompletedMoreThanOnce: 1 });
  });
});

describe('tools', () => {
  const tool = {
    name: 'get_weather',
    description: 'Weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string', enum: ['Paris'] } } },
  };
  const chatTools = { tools: [{ type: 'function', function: tool }] };
  const messageTools = {
    tools: [{ name: tool.name, description: tool.description, input_schema: tool.parameters }],
  };
  const offers = [
    { name: 'cloudflare chat', extra: chatTools },
    { name: 'empiriolabs chat', extra: chatTools },
    { name: 'cloudsway endpoint', extra: chatTools },
    { name: 'empiriolabs responses', extra: { tools: [{ type: 'function', ...tool }] } },
    { name: 'empiriolabs messages', extra: messageTools },
  ];

  it.each(offers)('are called where the question says so: $name', async ({ name, extra }) => {
    const simulator = await start();
    const asked = { user: 'Please call the tool get_weather.', extra };
    const whole = await ask(simulator, routeNamed(name), asked);
    const streamed = await ask(simulator, routeNamed(name), { ...asked, isStreaming: true });

    for (const { finish, raw } of [whole, streamed]) {
      expect(['tool_calls', 'tool_use', 'completed']).toContain(finish);
      expect(raw).toMatch(/"name":"get_weather"/);
      expect(raw).toMatch(/(\\?")city\1:\s*\1Paris/);
    }
  });

  it('are left alone where nobody asks for them, and must be taken where they are required', async () => {
    const simulator = await start();
    const route = routeNamed('empiriolabs chat');
    const free = await ask(simulator, route, { user, extra: chatTools });
    const required = { ...chatTools, tool_choice: 'required' };
    const none = { ...chatTools, tool_choice: 'none' };
    const forced = await ask(simulator, route, { user, extra: required });
    const forbidden = await ask(simulator, route, {
      user: 'Call the tool get_weather',
      extra: none,
    });

    expect([free.finish, forced.finish, forbidden.finish]).toEqual(['stop', 'tool_calls', 'stop']);
  });

  it('have their results answered, and only results of calls that were made', async () => {
    const simulator = await start();
    const client = new OpenAI({
      apiKey: 'test',
      baseURL: simulator.baseUrls.empiriolabs,
      maxRetries: 0,
    });
    const tools = [{ type: 'function' as const, function: tool }];
    const first = { role: 'user' as const, content: 'Call the tool get_weather.' };
    const asked = { model: 'minimax-m2-7', tools };
    const call = await client.chat.completions.create({ ...asked, messages: [first] });
    const [choice] = call.choices;
    const result = (id: string) => ({ role: 'tool' as const, tool_call_id: id, content: '18 °C' });
    const messages = choice === undefined ? [first] : [first, choice.message];
    const id = choice?.message.tool_calls?.[0]?.id ?? '';
    const answered = await client.chat.completions.create({
      ...asked,
      messages: [...messages, result(id)],
    });

    expect(answered.choices[0]?.message.content).toBe('The tool returned: 18 °C');
    await expect(
      client.chat.completions.create({ ...asked, messages: [...messages, result('other')] }),
    ).rejects.toThrow('tool id not found (2013)');
  });
});

describe('what providers do of their own', () => {
  it.each([
    { envelope: 'flat', at: ['gatewayMetadata'] },
    { envelope: 'state', at: ['state', 'result.choices'] },
    { envelope: 'result', at: ['success', 'result.choices'] },
    { envelope: 'nested', at: ['success', 'result.state', 'result.result.choices'] },
  ] as const)('Cloudflare answers in the envelope $envelope', async ({ envelope, at }) => {
    const simulator = await start({ cloudflareEnvelope: envelope });
    const { raw, texts, headers } = await ask(simulator, routeNamed('cloudflare run'), { user });

    for (const path of at) expect(JSON.parse(raw)).toHaveProperty(path);
    expect(texts).toEqual([user]);
    expect(headers.get('cf-aig-log-id')).toMatch(/^log-/);
    expect(raw).toContain('"model":"MiniMax-M2.7"');
  });

  it('Cloudsway masks what looks sensitive, unless it is told not to', async () => {
    const simulator = await start();
    const route = routeNamed('cloudsway endpoint');
    const private_ = 'Write to ann@example.org or call 030 1234567.';
    const masked = await ask(simulator, route, { user: private_ });
    const open_ = await ask(simulator, route, {
      user: private_,
      extra: { mask_sensitive_info: false },
    });

    expect(masked.texts).toEqual(['Write to **** or call ****.']);
    expect(open_.texts).toEqual([private_]);
  });

  it('Cloudsway names the model of its page, counts its hidden prompt and thinks in silence', async () => {
    const { raw } = await ask(await start(), routeNamed('cloudsway platform'), { user });
    const body = JSON.parse(raw);

    expect(body.model).toBe('MaaS_Minimax_M2.7_20260318');
    expect(body.choices[0]).toMatchObject({ native_finish_reason: 'stop' });
    expect(body.usage.prompt_tokens_details.cached_tokens).toBe(35);
    expect(body.usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  });

  it('Cloudsway and Cloudflare answer with JSON where JSON is asked for', async () => {
    const simulator = await start();
    const object = { response_format: { type: 'json_object' } };
    const schema = { type: 'object', properties: { total: { type: 'integer' } } };
    const asked = { type: 'json_schema', json_schema: { name: 'sum', schema } };
    const cloudsway = await ask(simulator, routeNamed('cloudsway endpoint'), {
      user,
      extra: object,
    });
    const cloudflare = await ask(simulator, routeNamed('cloudflare chat'), {
      user,
      extra: { response_format: asked },
    });

    expect(JSON.parse(cloudsway.texts[0] ?? '')).toEqual({ answer: user });
    expect(JSON.parse(cloudflare.texts[0] ?? '')).toEqual({ total: 1 });
  });

  it.each(['empiriolabs chat', 'empiriolabs responses', 'empiriolabs messages'])(
    'EmpirioLabs names its sources below an answer from the web, unless it is told not to: %s',
    async (name) => {
      const simulator = await start();
      const route = routeNamed(name);
      const search = { web_search_linkup: true };
      const footed = await ask(simulator, route, { user, extra: search });
      const plain = await ask(simulator, route, {
        user,
        extra: { ...search, disable_formatting: true },
      });

      expect(footed.texts[0]).toMatch(/Sales fell\.\n\nSources:\n/);
      expect(plain.texts).toEqual([user]);
    },
  );

  it('EmpirioLabs shows its model by name', async () => {
    const { url } = await start();

    expect(await (await fetch(`${url}/empiriolabs/v1/models/minimax-m2-7`)).json()).toMatchObject({
      id: 'minimax-m2-7',
    });
    expect((await fetch(`${url}/empiriolabs/v1/models/gpt`)).status).toBe(404);
  });

  it('EmpirioLabs takes its key also as x-api-key', async () => {
    const simulator = await start();
    const route = routeNamed('empiriolabs messages');
    const response = await fetch(`${simulator.url}${route.path}`, {
      method: 'POST',
      headers: { 'x-api-key': 'test' },
      body: JSON.stringify(route.body({ user })),
    });

    expect(response.status).toBe(200);
  });

  it('streams Responses and Messages by their own events, in order', async () => {
    const simulator = await start();
    const typesOf = (raw: string) =>
      [...raw.matchAll(/^event: (.*)$/gm)]
        .map(([, type]) => type)
        .filter((type, index, all) => type !== all[index - 1]);
    const asked = { user, isStreaming: true };
    const responses = await ask(simulator, routeNamed('empiriolabs responses'), asked);
    const messages = await ask(simulator, routeNamed('empiriolabs messages'), asked);

    expect(typesOf(responses.raw)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.reasoning_text.delta',
      'response.reasoning_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(typesOf(messages.raw)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('speaks Responses as the openai package reads it', async () => {
    const simulator = await start();
    const client = new OpenAI({
      apiKey: 'test',
      baseURL: simulator.baseUrls.empiriolabs,
      maxRetries: 0,
    });
    const stream = client.responses.stream({ model: 'minimax-m2-7', input: user });
    const final = await stream.finalResponse();

    expect(final.output_text).toBe(user);
    expect(final.status).toBe('completed');
    expect(final.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  });
});

describe('the log of the simulator', () => {
  it('has a line for each request, without what it said and without secrets of its path', async () => {
    const lines: string[] = [];
    const simulator = await start({
      faults: [{ provider: 'cloudsway', when: { nth: 1 }, fault: 'reset' }],
      log: (line) => lines.push(line),
    });
    await ask(simulator, routeNamed('cloudflare chat'), { user });
    await ask(simulator, routeNamed('cloudsway endpoint'), { user }).catch(() => undefined);
    await send(simulator, '/nowhere', {});
    await simulator.close();

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        method: 'POST',
        provider: 'cloudflare',
        route: '/cloudflare/client/v4/accounts/{account}/ai/v1/chat/completions',
        status: 200,
        fault: null,
      },
      {
        method: 'POST',
        provider: 'cloudsway',
        route: '/cloudsway/v1/ai/{endpointPath}/chat/completions',
        status: null,
        fault: 'reset',
      },
      { method: 'POST', provider: null, route: null, status: 404, fault: null },
    ]);
  });
});
