import { describe, expect, it } from '@jest/globals';
import { account, requestOf, routes } from '../support/model-routes.ts';
import { askScripted, toolTurns, weatherTool } from '../support/models.ts';
import { answerJson } from '../support/scripted-server.ts';

describe('a question with every parameter', () => {
  const parameters = {
    temperature: 0.1 + 0.2,
    topP: 0.9,
    seed: 7,
    stop: ['END'],
    maxOutputTokens: 1_000,
    webSearch: true,
    masksSensitiveInfo: true,
  };

  it.each([
    {
      name: 'cloudflare',
      model: routes.cloudflareChat,
      parts: { temperature: 0.1 + 0.2, top_p: 0.9, max_tokens: 1_000, mask_sensitive_info: true },
      absent: ['seed', 'stop', 'web_search_linkup', 'reasoning_split'],
    },
    {
      name: 'empiriolabs, chat',
      model: routes.empirioLabsChat,
      parts: {
        top_p: 0.9,
        stop: ['END'],
        max_tokens: 1_000,
        web_search_linkup: true,
        disable_formatting: true,
      },
      absent: ['seed', 'mask_sensitive_info', 'response_format'],
    },
    {
      name: 'empiriolabs, responses',
      model: routes.empirioLabsResponses,
      parts: { top_p: 0.9, max_output_tokens: 1_000, web_search_linkup: true },
      absent: ['seed', 'stop', 'max_tokens'],
    },
    {
      name: 'empiriolabs, messages',
      model: routes.empirioLabsMessages,
      parts: { top_p: 0.9, stop_sequences: ['END'], max_tokens: 1_000, web_search_linkup: true },
      absent: ['seed', 'stop'],
    },
    {
      name: 'cloudsway',
      model: routes.cloudsway,
      parts: { top_p: 0.9, seed: 7, stop: ['END'], max_tokens: 1_000, mask_sensitive_info: true },
      absent: ['web_search_linkup', 'disable_formatting'],
    },
  ])('to $name has those that it knows', async ({ model, parts, absent }) => {
    const { body } = await requestOf(model, { credentials: account, question: parameters });

    expect(body).toMatchObject(parts);
    expect(Object.keys(body)).toEqual(expect.not.arrayContaining(absent));
    for (const name of absent) expect(body).not.toHaveProperty(name);
  });

  it('to runware nests the settings, in steps of a hundredth', async () => {
    const { body } = await requestOf(routes.runwareStream, { question: parameters });

    expect(body).toEqual([
      expect.objectContaining({
        seed: 7,
        settings: {
          systemPrompt: 'First rule.\n\nSecond rule.',
          temperature: 0.3,
          topP: 0.9,
          maxTokens: 1_000,
        },
      }),
    ]);
    for (const name of ['stop', 'temperature', 'tools']) {
      expect((body as unknown as object[])[0]).not.toHaveProperty(name);
    }
  });
});

describe('a question with tools', () => {
  const question = {
    messages: toolTurns,
    tools: [weatherTool],
    toolChoice: { name: 'get_weather' },
  };
  const { name, description, parameters } = weatherTool;
  const chatTools = [{ type: 'function', function: weatherTool }];
  const chatTurns = [
    { role: 'system', content: 'You are a careful assistant.' },
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: '',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name, arguments: '{"city":"Bern"}' } },
        { id: 'call_2', type: 'function', function: { name, arguments: '{"city":"Chur"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
    { role: 'tool', tool_call_id: 'call_2', content: 'sun' },
  ];

  it.each([
    { name: 'empiriolabs', model: routes.empirioLabsChat },
    { name: 'cloudsway', model: routes.cloudsway },
  ])('to $name is in the form of chat completions', async ({ model }) => {
    const { body } = await requestOf(model, { question });

    expect(body).toMatchObject({
      messages: chatTurns,
      tools: chatTools,
      tool_choice: { type: 'function', function: { name } },
    });
  });

  it('to cloudflare lets the model choose', async () => {
    const { body } = await requestOf(routes.cloudflareRun, {
      credentials: account,
      question: { ...question, toolChoice: 'auto' },
    });

    expect(body['input']).toMatchObject({
      messages: chatTurns,
      tools: chatTools,
      tool_choice: 'auto',
    });
  });

  it('by the responses route has calls and results as items', async () => {
    const { body } = await requestOf(routes.empirioLabsResponses, { question });

    expect(body).toMatchObject({
      input: [
        { role: 'user', content: 'Weather?' },
        { type: 'function_call', call_id: 'call_1', name, arguments: '{"city":"Bern"}' },
        { type: 'function_call', call_id: 'call_2', name, arguments: '{"city":"Chur"}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'rain' },
        { type: 'function_call_output', call_id: 'call_2', output: 'sun' },
      ],
      tools: [{ type: 'function', name, description, parameters, strict: false }],
      tool_choice: { type: 'function', name },
    });
  });

  it('by the messages route has calls and results as blocks, the results in one turn', async () => {
    const { body } = await requestOf(routes.empirioLabsMessages, { question });

    expect(body).toMatchObject({
      messages: [
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: 'call_1', name, input: { city: 'Bern' } },
            { type: 'tool_use', id: 'call_2', name, input: { city: 'Chur' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1', content: 'rain' },
            { type: 'tool_result', tool_use_id: 'call_2', content: 'sun' },
          ],
        },
      ],
      tools: [{ name, description, input_schema: parameters }],
      tool_choice: { type: 'tool', name },
    });
  });
});

describe('a question that a provider cannot serve', () => {
  it.each([
    {
      name: 'tools for runware',
      model: routes.runwareStream,
      question: { tools: [weatherTool] },
      code: 'model_bad_request',
    },
    {
      name: 'results of tools for runware',
      model: routes.runwareSync,
      question: { messages: toolTurns },
      code: 'model_bad_request',
    },
    {
      name: 'a system text that is too long for runware',
      model: routes.runwareAsync,
      question: {
        messages: [
          { role: 'system' as const, content: 'a'.repeat(200_001) },
          { role: 'user' as const, content: 'b' },
        ],
      },
      code: 'model_context_exceeded',
    },
    {
      name: 'cloudflare without an account',
      model: routes.cloudflareChat,
      question: {},
      code: 'model_auth_failed',
    },
  ])('such as $name is not sent', async ({ model, question, code }) => {
    const { reply, server } = await askScripted(model, [answerJson(200, {})], { question });

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code }, isPossiblyBilled: false },
    });
    expect(server.requests).toEqual([]);
  });
});
