import { describe, expect, it } from '@jest/globals';
import { routes } from '../support/model-routes.ts';
import { askScripted } from '../support/models.ts';
import { answerJson, answerStream, eventText, namedEventText } from '../support/scripted-server.ts';

const answer = {
  text: '{"text":"Zürich"}',
  toolCalls: [],
  thinkingLength: 4,
  finishReason: 'stop',
  usage: { inputTokens: 20, cachedInputTokens: 4, outputTokens: 9, reasoningTokens: 2 },
  modelAnswered: 'minimax-m2-7',
};
const toolCalls = [{ id: 'call_1', name: 'get_weather', argumentsText: '{"city":"Bern"}' }];

describe('the responses route', () => {
  const message = {
    type: 'message',
    content: [{ type: 'output_text', text: '{"text":"Zürich"}' }],
  };
  const thinking = { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm. ' }] };
  const call = {
    type: 'function_call',
    id: 'fc_1',
    call_id: 'call_1',
    name: 'get_weather',
    arguments: '{"city":"Bern"}',
  };
  const usage = {
    input_tokens: 20,
    output_tokens: 9,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens_details: { reasoning_tokens: 2 },
  };
  const begun = {
    object: 'response',
    status: 'in_progress',
    model: 'minimax-m2-7',
    output: [],
    error: null,
  };
  const whole = { ...begun, status: 'completed', output: [thinking, message], usage };
  const created = { type: 'response.created', response: begun };
  const delta = (text: string) => ({ type: 'response.output_text.delta', delta: text });
  const completed = { type: 'response.completed', response: whole };

  it.each([
    {
      name: 'a stream that ends with the whole',
      reaction: answerStream(
        namedEventText([created, delta('{"text":'), delta('"Zürich"}'), completed]),
      ),
    },
    {
      name: 'a stream that ends with an empty one',
      reaction: answerStream(
        namedEventText([
          created,
          { type: 'response.reasoning_text.delta', delta: 'Hm. ' },
          delta('{"text":'),
          delta('"Zürich"}'),
          { type: 'response.completed', response: { ...whole, output: [] } },
        ]),
      ),
    },
    {
      name: 'a stream without names of its events, and with an end mark',
      reaction: answerStream(eventText([created, completed])),
    },
    { name: 'one body', reaction: answerJson(200, whole) },
  ])('reads an answer of $name', async ({ reaction }) => {
    const { reply } = await askScripted(routes.empirioLabsResponses, [reaction]);

    expect(reply).toEqual({ isAnswer: true, answer });
  });

  it('reads calls of functions', async () => {
    const { reply } = await askScripted(routes.empirioLabsResponses, [
      answerStream(
        namedEventText([
          created,
          { type: 'response.output_item.done', item: call },
          { type: 'response.completed', response: { ...whole, output: [] } },
        ]),
      ),
    ]);

    expect(reply).toMatchObject({ answer: { toolCalls, finishReason: 'tool_calls', text: '' } });
  });

  it.each([
    {
      name: 'no room left',
      ending: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      finishReason: 'length',
    },
    {
      name: 'a filter',
      ending: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      finishReason: 'content_filter',
    },
    {
      name: 'a refusal',
      ending: { output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }] },
      finishReason: 'content_filter',
    },
  ])('says that an answer ended with $name', async ({ ending, finishReason }) => {
    const { reply } = await askScripted(routes.empirioLabsResponses, [
      answerJson(200, { ...whole, ...ending }),
    ]);

    expect(reply).toMatchObject({ isAnswer: true, answer: { finishReason } });
  });

  const failure = (error: object | null, status = 'failed') =>
    answerStream(
      namedEventText([
        created,
        { type: `response.${status}`, response: { ...begun, status, error } },
      ]),
    );

  it.each([
    {
      name: 'a stream without its last event',
      reaction: answerStream(namedEventText([created, delta('{"text":')])),
      code: 'model_protocol_error',
    },
    {
      name: 'a stream that breaks off',
      reaction: answerStream(namedEventText([created, delta('{')]), { isDestroyed: true }),
      code: 'model_protocol_error',
    },
    {
      name: 'a response that failed for the rate',
      reaction: failure({ code: 'rate_limit_exceeded', message: 'x' }),
      code: 'model_rate_limited',
    },
    {
      name: 'a response that failed for what MiniMax says',
      reaction: failure({ code: 'server_error', message: 'input new_sensitive (1026)' }),
      code: 'model_refused',
    },
    {
      name: 'a response that was cancelled',
      reaction: failure(null, 'cancelled'),
      code: 'model_unavailable',
    },
    {
      name: 'an event with an error',
      reaction: answerStream(namedEventText([{ type: 'error', code: 'insufficient_credits' }])),
      code: 'model_quota_exhausted',
    },
    {
      name: 'an error in a successful body',
      reaction: answerJson(200, { error: { code: 'upstream_error', message: 'x (1008)' } }),
      code: 'model_quota_exhausted',
    },
    {
      name: 'a status that says so',
      reaction: answerJson(401, { error: { code: 'invalid_api_key' } }),
      code: 'model_auth_failed',
    },
  ])('tells $name', async ({ reaction, code }) => {
    const { reply } = await askScripted(routes.empirioLabsResponses, [reaction]);

    expect(reply).toMatchObject({ isAnswer: false, failure: { error: { code } } });
  });
});
