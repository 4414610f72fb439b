import { request as httpRequest } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { type Simulator, type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';

const open: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return simulator;
}

function clientOf(simulator: Simulator): OpenAI {
  return new OpenAI({
    apiKey: 'test',
    baseURL: simulator.baseUrl,
    maxRetries: 0,
    organization: null,
    project: null,
  });
}

const question = {
  model: 'minimax-m2-7',
  messages: [{ role: 'user' as const, content: 'Costs rose by 4 percent. 🚆 Sales fell.' }],
};

async function post(simulator: Simulator, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${simulator.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

describe('the simulator as a client of the openai package sees it', () => {
  it('answers in one piece, with thinking apart and counted', async () => {
    const completion = await clientOf(await start()).chat.completions.create(question);
    const [choice] = completion.choices;

    expect(choice).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'Costs rose by 4 percent. 🚆 Sales fell.' },
    });
    expect(choice?.message).toHaveProperty('reasoning_content');
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
    expect(completion.usage?.total_tokens).toBe(
      (completion.usage?.prompt_tokens ?? 0) + (completion.usage?.completion_tokens ?? 0),
    );
  });

  it('streams the same answer, and usage where it is asked for', async () => {
    const stream = await clientOf(await start()).chat.completions.create({
      ...question,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const content = chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('');

    expect(content).toBe('Costs rose by 4 percent. 🚆 Sales fell.');
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { total_tokens: expect.any(Number) },
    });
  });

  it('reports no usage in a stream where nobody asked', async () => {
    const { text } = await post(await start(), { ...question, stream: true });

    expect(text).not.toContain('total_tokens');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('puts thinking in tags at the head of the content where it is so set', async () => {
    const client = clientOf(await start({ thinking: 'tags' }));
    const completion = await client.chat.completions.create(question);

    expect(completion.choices[0]?.message.content).toMatch(
      /^<think>\n[\s\S]+<\/think>\n\nCosts rose/,
    );
    expect(completion.choices[0]?.message).not.toHaveProperty('reasoning_content');
  });

  it('stops with length where thinking takes all the room', async () => {
    const client = clientOf(await start());
    const completion = await client.chat.completions.create({ ...question, max_tokens: 3 });

    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { content: '' },
    });
    expect(completion.usage?.completion_tokens).toBe(3);
  });

  it('lists its model', async () => {
    const models = await clientOf(await start()).models.list();

    expect(models.data.map(({ id }) => id)).toEqual(['minimax-m2-7']);
  });
});

describe('the simulator refuses', () => {
  it.each([
    {
      name: 'an unknown model',
      body: { ...question, model: 'gpt' },
      status: 404,
      code: 'model_not_found',
    },
    {
      name: 'no messages',
      body: { ...question, messages: [] },
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'an empty message',
      body: { ...question, messages: [{ role: 'user', content: '' }] },
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'a temperature of 3',
      body: { ...question, temperature: 3 },
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'no room for an answer',
      body: { ...question, max_tokens: 0 },
      status: 400,
      code: 'invalid_request',
    },
    {
      name: 'five stops',
      body: { ...question, stop: ['a', 'b', 'c', 'd', 'e'] },
      status: 400,
      code: 'invalid_request',
    },
    { name: 'what is no JSON', body: '{"model":', status: 400, code: 'invalid_request' },
    {
      name: 'a question that is too long',
      body: { ...question, messages: [{ role: 'user', content: 'x'.repeat(800_004) }] },
      status: 400,
      code: 'context_length_exceeded',
    },
  ])('$name', async ({ body, status, code }) => {
    const simulator = await start();
    const response = await post(simulator, body);

    expect(response.status).toBe(status);
    expect(JSON.parse(response.text).error).toMatchObject({ code, message: expect.any(String) });
    expect(simulator.report()).toMatchObject({ requests: 1, completed: 0 });
    expect(simulator.report().violations).toHaveLength(1);
  });

  it('a request without a key', async () => {
    const response = await post(await start(), question, { authorization: '' });

    expect(response.status).toBe(401);
    expect(JSON.parse(response.text).error).toMatchObject({ code: 'missing_api_key' });
  });

  it('a port that is taken', async () => {
    const { url } = await start();

    await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('paths that it does not have', async () => {
    const { url } = await start();

    expect((await fetch(`${url}/v1/embeddings`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('the simulator fails on purpose', () => {
  const every = { when: { every: 1 } } as const;

  it('with 429 and a time to come back', async () => {
    const response = await post(await start({ faults: [{ ...every, fault: '429' }] }), question);

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
  });

  it('with 500', async () => {
    expect(
      (await post(await start({ faults: [{ ...every, fault: '500' }] }), question)).status,
    ).toBe(500);
  });

  it('by closing the connection', async () => {
    const simulator = await start({ faults: [{ ...every, fault: 'reset' }] });

    await expect(post(simulator, question)).rejects.toThrow('fetch failed');
  });

  it.each([{ stream: true }, { stream: false }])(
    'by closing it within the answer (stream: $stream)',
    async ({ stream }) => {
      const simulator = await start({ faults: [{ ...every, fault: 'cut-stream' }] });

      await expect(post(simulator, { ...question, stream })).rejects.toThrow('terminated');
    },
  );

  it('by running out of room', async () => {
    const { text } = await post(await start({ faults: [{ ...every, fault: 'length' }] }), question);

    expect(JSON.parse(text).choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { content: '' },
    });
  });

  it('with a page instead of an answer', async () => {
    const response = await post(await start({ faults: [{ ...every, fault: 'html' }] }), question);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('with prose instead of JSON', async () => {
    const { text } = await post(
      await start({ faults: [{ ...every, fault: 'bad-json' }] }),
      question,
    );

    expect(() => JSON.parse(JSON.parse(text).choices[0].message.content)).toThrow('JSON');
  });

  it('with an error inside of a 200', async () => {
    const { status, text } = await post(
      await start({ faults: [{ ...every, fault: 'base-resp' }] }),
      question,
    );

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ choices: null, base_resp: { status_code: 1002 } });
  });

  it('only where a rule says so, and counts it', async () => {
    const simulator = await start({ faults: [{ when: { nth: 2 }, fault: '500' }] });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await post(simulator, question)).status);
    }

    expect(statuses).toEqual([200, 500, 200]);
    expect(simulator.report()).toMatchObject({ requests: 3, completed: 2, faulted: 1 });
  });
});

describe('the simulator under load', () => {
  it('answers 200 requests at once and reports what it saw', async () => {
    const simulator = await start({ latencyInMs: { low: 60, high: 120 } });
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const messages = [{ role: 'user', content: `Question ${index % 199}?` }];
        return (await post(simulator, { ...question, messages, stream: true })).status;
      }),
    );
    const response = await fetch(`${simulator.url}/__sim/report`);
    const report = await response.json();

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(report).toMatchObject({
      requests: 200,
      completed: 200,
      aborted: 0,
      promptsCompletedMoreThanOnce: 1,
      byPrompt: { other: { requests: 200, completed: 200 } },
      violations: [],
    });
    expect(report).toHaveProperty('peakConcurrency', simulator.report().peakConcurrency);
    expect(simulator.report().peakConcurrency).toBeGreaterThan(20);
  });

  it('counts a client that goes away, and forgets it all on reset', async () => {
    let waiting = 0;
    const clock = {
      now: () => 0,
      sleep: () => {
        waiting += 1;
        return new Promise<void>(() => undefined);
      },
    };
    const simulator = await start({ latencyInMs: { low: 1, high: 1 }, clock });
    const request = httpRequest(`${simulator.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer test' },
    });
    request.on('error', () => undefined);
    request.end(JSON.stringify(question));
    await until(() => waiting === 1);
    request.destroy();
    await until(() => simulator.report().aborted === 1);

    expect(simulator.report()).toMatchObject({ requests: 1, completed: 0, aborted: 1 });
    await fetch(`${simulator.url}/__sim/reset`, { method: 'POST' });
    expect(simulator.report()).toMatchObject({
      requests: 0,
      completed: 0,
      aborted: 0,
      byPrompt: {},
    });
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await setImmediate();
}
