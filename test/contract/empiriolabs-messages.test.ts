import { describe, expect, it } from '@jest/globals';
import { routes } from '../support/model-routes.ts';
import { askScripted } from '../support/models.ts';
import { answerJson, answerStream, namedEventText } from '../support/scripted-server.ts';

const answer = {
  text: '{"text":"Zürich"}',
  toolCalls: [],
  thinkingLength: 4,
  finishReason: 'stop',
  usage: { inputTokens: 20, cachedInputTokens: 4, outputTokens: 9 },
  modelAnswered: 'minimax-m2-7',
};
const toolCalls = [{ id: 'call_1', name: 'get_weather', argumentsText: '{"city":"Bern"}' }];

describe('the messages route', () => {
  const usage = { input_tokens: 16, cache_read_input_tokens: 4, output_tokens: 9 };
  const envelope = { type: 'message', role: 'assistant', model: 'minimax-m2-7' };
  const start = {
    type: 'message_start',
    message: { ...envelope, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
  };
  const block = (index: number, content: object) => ({
    type: 'content_block_start',
    index,
    content_block: content,
  });
  const delta = (index: number, content: object) => ({
    type: 'content_block_delta',
    index,
    delta: content,
  });
  const ending = (reason: string, counted: object = { output_tokens: 9 }) => [
    { type: 'message_delta', delta: { stop_reason: reason }, usage: counted },
    { type: 'message_stop' },
  ];
  const text = [
    block(0, { type: 'thinking', thinking: '' }),
    delta(0, { type: 'thinking_delta', thinking: 'Hm. ' }),
    delta(0, { type: 'signature_delta', signature: 'x' }),
    block(1, { type: 'text', text: '' }),
    { type: 'ping' },
    delta(1, { type: 'text_delta', text: '{"text":' }),
    delta(1, { type: 'text_delta', text: '"Zürich"}' }),
    { type: 'content_block_stop', index: 1 },
  ];

  it.each([
    {
      name: 'a stream',
      reaction: answerStream(namedEventText([start, ...text, ...ending('end_turn')])),
    },
    {
      name: 'a stream without its last event',
      reaction: answerStream(namedEventText([start, ...text, ...ending('end_turn').slice(0, 1)])),
    },
    {
      name: 'one body',
      reaction: answerJson(200, {
        ...envelope,
        content: [
          { type: 'thinking', thinking: 'Hm. ' },
          { type: 'text', text: '{"text":"Zürich"}' },
        ],
        stop_reason: 'end_turn',
        usage,
      }),
    },
  ])('reads an answer of $name', async ({ reaction }) => {
    const { reply } = await askScripted(routes.empirioLabsMessages, [reaction]);

    expect(reply).toEqual({ isAnswer: true, answer });
  });

  it('does not take the count at the start for the count at the end', async () => {
    const events = [start, ...text, ...ending('end_turn', {})];
    const { reply } = await askScripted(routes.empirioLabsMessages, [
      answerStream(namedEventText(events)),
    ]);

    expect(reply).toMatchObject({ isAnswer: true });
    expect(reply.isAnswer && reply.answer.usage).toEqual({ inputTokens: 20, cachedInputTokens: 4 });
  });

  it('reads calls of functions, with their arguments bit by bit or at once', async () => {
    const use = { type: 'tool_use', id: 'call_1', name: 'get_weather' };
    const pieces = [
      block(0, { ...use, input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"city":' }),
      delta(0, { type: 'input_json_delta', partial_json: '"Bern"}' }),
    ];
    const reactions = [
      answerStream(namedEventText([start, ...pieces, ...ending('tool_use')])),
      answerJson(200, {
        ...envelope,
        content: [{ ...use, input: { city: 'Bern' } }],
        stop_reason: 'tool_use',
      }),
    ];
    for (const reaction of reactions) {
      const { reply } = await askScripted(routes.empirioLabsMessages, [reaction]);

      expect(reply).toMatchObject({ answer: { toolCalls, finishReason: 'tool_calls' } });
    }
  });

  it.each([
    { reason: 'max_tokens', finishReason: 'length' },
    { reason: 'stop_sequence', finishReason: 'stop' },
    { reason: 'refusal', finishReason: 'content_filter' },
    { reason: 'pause_turn', finishReason: 'other' },
  ])('says that an answer ended with $reason', async ({ reason, finishReason }) => {
    const { reply } = await askScripted(routes.empirioLabsMessages, [
      answerStream(namedEventText([start, ...text, ...ending(reason)])),
    ]);

    expect(reply).toMatchObject({ isAnswer: true, answer: { finishReason } });
  });

  const error = (type: string, words = 'x') => ({ type: 'error', error: { type, message: words } });

  it.each([
    {
      name: 'a stream without a reason to stop',
      reaction: answerStream(namedEventText([start, ...text])),
      code: 'model_protocol_error',
    },
    {
      name: 'a stream that breaks off',
      reaction: answerStream(namedEventText([start]), { isDestroyed: true }),
      code: 'model_protocol_error',
    },
    {
      name: 'an overload inside of the stream',
      reaction: answerStream(namedEventText([start, error('overloaded_error')])),
      code: 'model_unavailable',
    },
    {
      name: 'the rate inside of the stream',
      reaction: answerStream(namedEventText([start, error('rate_limit_error')])),
      code: 'model_rate_limited',
    },
    {
      name: 'what MiniMax says',
      reaction: answerJson(200, error('invalid_request_error', 'input new_sensitive (1026)')),
      code: 'model_refused',
    },
    {
      name: 'base_resp in a success',
      reaction: answerJson(200, { base_resp: { status_code: 1002 } }),
      code: 'model_rate_limited',
    },
    {
      name: 'a reason to stop that is none',
      reaction: answerStream(namedEventText([start, ...text, ...ending('abort')])),
      code: 'model_unavailable',
    },
    {
      name: 'a status that says so',
      reaction: answerJson(
        400,
        error('invalid_request_error', 'context window exceeds limit (2013)'),
      ),
      code: 'model_context_exceeded',
    },
  ])('tells $name', async ({ reaction, code }) => {
    const { reply } = await askScripted(routes.empirioLabsMessages, [reaction]);

    expect(reply).toMatchObject({ isAnswer: false, failure: { error: { code } } });
  });
});
