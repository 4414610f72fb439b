import { describe, expect, it } from '@jest/globals';
import { providerProfiles, withModel } from '#shared/domain/provider-profiles.ts';
import { account, requestOf, routes } from '../support/model-routes.ts';
import { requestId, secretKey, secretText } from '../support/models.ts';

const { cloudsway } = providerProfiles;

const system = 'First rule.\n\nSecond rule.';
const chatMessages = [
  { role: 'system', content: system },
  { role: 'user', content: secretText },
];
const streamed = { stream: true, stream_options: { include_usage: true } };
const accountPath = '/v1/accounts/acc%2F1/ai';

const plainRequests = [
  {
    name: 'cloudflare, chat',
    model: routes.cloudflareChat,
    path: `${accountPath}/v1/chat/completions`,
    body: {
      model: 'minimax/m2.7',
      messages: chatMessages,
      temperature: 0,
      max_tokens: 4_096,
      ...streamed,
    },
  },
  {
    name: 'cloudflare, run',
    model: routes.cloudflareRun,
    path: `${accountPath}/run`,
    body: {
      model: 'minimax/m2.7',
      input: { messages: chatMessages, temperature: 0, max_tokens: 4_096, ...streamed },
    },
  },
  ...[
    { name: 'runware, stream', model: routes.runwareStream, deliveryMethod: 'stream' },
    { name: 'runware, sync', model: routes.runwareSync, deliveryMethod: 'sync' },
    { name: 'runware, async', model: routes.runwareAsync, deliveryMethod: 'async' },
    { name: 'runware-highspeed', model: routes.highspeed, deliveryMethod: 'stream' },
  ].map(({ name, model, deliveryMethod }) => ({
    name,
    model,
    path: '/v1',
    body: [
      {
        taskType: 'textInference',
        taskUUID: requestId,
        model: name === 'runware-highspeed' ? 'minimax:m2.7@highspeed' : 'minimax:m2.7@0',
        deliveryMethod,
        includeCost: true,
        includeUsage: true,
        numberResults: 1,
        messages: [{ role: 'user', content: secretText }],
        settings: { systemPrompt: system, temperature: 0, maxTokens: 196_608 },
      },
    ],
  })),
  {
    name: 'empiriolabs, chat',
    model: routes.empirioLabsChat,
    path: '/v1/chat/completions',
    body: {
      model: 'minimax-m2-7',
      messages: chatMessages,
      temperature: 0.01,
      max_tokens: 32_768,
      disable_formatting: true,
      ...streamed,
    },
  },
  {
    name: 'empiriolabs, responses',
    model: routes.empirioLabsResponses,
    path: '/v1/responses',
    body: {
      model: 'minimax-m2-7',
      instructions: system,
      input: [{ role: 'user', content: secretText }],
      temperature: 0.01,
      max_output_tokens: 32_768,
      store: false,
      stream: true,
      disable_formatting: true,
    },
  },
  {
    name: 'empiriolabs, messages',
    model: routes.empirioLabsMessages,
    path: '/v1/messages',
    body: {
      model: 'minimax-m2-7',
      system,
      messages: [{ role: 'user', content: secretText }],
      temperature: 0.01,
      max_tokens: 32_768,
      stream: true,
      disable_formatting: true,
    },
  },
  {
    name: 'cloudsway with an endpoint',
    model: routes.cloudsway,
    credentials: { endpointPath: 'ep 1' },
    path: '/v1/v1/ai/ep%201/chat/completions',
    body: {
      model: 'MiniMax-M2.7',
      messages: chatMessages,
      temperature: 0.01,
      max_tokens: 2_048,
      reasoning_split: true,
      mask_sensitive_info: false,
      ...streamed,
    },
  },
  {
    name: 'cloudsway without an endpoint, another model',
    model: { ...routes.cloudsway, profile: withModel(cloudsway, 'MiniMax-M2.5-highspeed') },
    path: '/v1/v1/chat/completions',
    body: {
      model: 'MiniMax-M2.5-highspeed',
      messages: chatMessages,
      temperature: 0.01,
      max_tokens: 2_048,
      reasoning_split: true,
      mask_sensitive_info: false,
      ...streamed,
    },
  },
];

describe('a plain question', () => {
  it.each(plainRequests)('to $name is what its page describes, and nothing else', async (row) => {
    const credentials = 'credentials' in row ? row.credentials : account;
    const request = await requestOf(row.model, { credentials });

    expect(request.method).toBe('POST');
    expect(request.path).toBe(row.path);
    expect(request.body).toEqual(row.body);
  });

  it.each(plainRequests)('to $name names the key once, and nobody else', async (row) => {
    const { headers } = await requestOf(row.model, { credentials: account });

    expect(headers.authorization).toBe(`Bearer ${secretKey}`);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.stringify({ ...headers, authorization: '' })).not.toContain(secretKey);
    expect(Object.keys(headers).filter((name) => /^openai-|api-key|^cookie/.test(name))).toEqual(
      [],
    );
  });

  it.each([
    { name: 'a gateway', gatewayId: 'office', header: 'office' },
    { name: 'none', gatewayId: undefined, header: undefined },
  ])('to cloudflare with $name says so, and wants no retries there', async (row) => {
    for (const model of [routes.cloudflareChat, routes.cloudflareRun]) {
      const credentials = { accountId: 'acc', gatewayId: row.gatewayId };
      const { headers } = await requestOf(model, { credentials });

      expect(headers['cf-aig-gateway-id']).toBe(row.header);
      expect(headers['cf-aig-max-attempts']).toBe('1');
    }
  });

  it('by the messages route names the version of the protocol', async () => {
    const { headers } = await requestOf(routes.empirioLabsMessages);

    expect(headers['anthropic-version']).toBe('2023-06-01');
  });
});
