import { describe, expect, it } from '@jest/globals';
import { routes } from '../support/model-routes.ts';
import { askScripted, createPollClock, requestId } from '../support/models.ts';
import { answerJson, answerStream, eventText } from '../support/scripted-server.ts';

const usage = {
  promptTokens: 43,
  completionTokens: 29,
  totalTokens: 72,
  completionTokensDetails: { reasoningTokens: 20 },
};
const result = {
  taskType: 'textInference',
  taskUUID: requestId,
  text: 'Hello!',
  reasoningContent: ['The user ', 'greets.'],
  finishReason: 'stop',
  seed: 42,
  usage,
  cost: 0.0000477,
};
const acknowledgement = { taskType: 'textInference', taskUUID: requestId };
const processing = { ...acknowledgement, status: 'processing', progress: 0.5 };
const wholeAnswer = {
  text: 'Hello!',
  toolCalls: [],
  thinkingLength: 16,
  finishReason: 'stop',
  usage: { inputTokens: 43, outputTokens: 29, reasoningTokens: 20 },
  modelAnswered: undefined,
  reportedCostInMicroUsd: 48,
};
const event = (delta: object, rest: object = { finishReason: null }) => ({
  ...acknowledgement,
  delta,
  ...rest,
});

describe('a result of Runware', () => {
  it('in the response has tokens, cost in whole micro-dollars, and thinking apart', async () => {
    const { reply } = await askScripted(routes.runwareSync, [answerJson(200, { data: [result] })]);

    expect(reply).toEqual({ isAnswer: true, answer: wholeAnswer });
  });

  it('in a stream is put together from its deltas', async () => {
    const text = eventText([
      event({ reasoningContent: 'The user ' }),
      event({ reasoningContent: 'greets.' }),
      event({ text: 'Hel' }),
      event({ text: 'lo!' }),
      event({}, { finishReason: 'stop', usage, cost: 0.0000477 }),
    ]);
    const { reply } = await askScripted(routes.runwareStream, [
      answerStream(text.replace('data: [DONE]', ': ping\n\ndata: [DONE]')),
    ]);

    expect(reply).toEqual({ isAnswer: true, answer: wholeAnswer });
  });

  it('in a stream whose events are parted by one line break is the same', async () => {
    const chunks = [event({ text: 'Hello!' }), event({}, { finishReason: 'stop' })];
    const text = eventText(chunks).replaceAll('\n\n', '\n');

    const { reply } = await askScripted(routes.runwareStream, [answerStream(text)]);

    expect(reply).toMatchObject({ isAnswer: true, answer: { text: 'Hello!' } });
  });

  it('may come as one body where a stream was asked for', async () => {
    const { reply } = await askScripted(routes.runwareStream, [
      answerJson(200, { data: [result] }),
    ]);

    expect(reply).toMatchObject({ isAnswer: true, answer: wholeAnswer });
  });

  it('is polled for after an acknowledgement, at growing intervals', async () => {
    const clock = createPollClock();
    const { reply, server } = await askScripted(
      routes.runwareAsync,
      [
        answerJson(200, { data: [acknowledgement] }),
        answerJson(200, { data: [] }),
        answerJson(200, { data: [processing] }),
        answerJson(200, { data: [processing] }),
        answerJson(200, { data: [{ ...result, status: 'success' }] }),
      ],
      { clock },
    );

    expect(reply).toEqual({ isAnswer: true, answer: wholeAnswer });
    expect(clock.pauses).toEqual([1_000, 500, 750, 1_125]);
    expect(server.requests.slice(1).map(({ body }) => body)).toEqual(
      Array.from({ length: 4 }, () => [{ taskType: 'getResponse', taskUUID: requestId }]),
    );
  });

  it('is found by its id among results and errors of others', async () => {
    const other = { ...result, taskUUID: '11111111-1111-4111-8111-111111111111', text: 'Other' };
    const error = { code: 'invalidModel', message: 'x', taskUUID: other.taskUUID };
    const body = { data: [other, result], errors: [error] };

    const { reply } = await askScripted(routes.runwareSync, [answerJson(200, body)]);

    expect(reply).toMatchObject({ isAnswer: true, answer: { text: 'Hello!' } });
  });

  it.each([
    {
      name: 'the other names of the tokens',
      parts: { usage: { inputTokens: 5, outputTokens: 4, thinkingTokens: 3 } },
      answer: { usage: { inputTokens: 5, outputTokens: 4, reasoningTokens: 3 } },
    },
    { name: 'no tokens', parts: { usage: undefined }, answer: { usage: {} } },
    {
      name: 'thinking as one text',
      parts: { reasoningContent: 'Hm.' },
      answer: { thinkingLength: 3 },
    },
    {
      name: 'thinking at the head of the text',
      parts: { text: '<think>Hm.</think>Hi', reasoningContent: undefined },
      answer: { text: 'Hi', thinkingLength: 18 },
    },
    {
      name: 'no room left after thinking',
      parts: { text: '', finishReason: 'length' },
      answer: { text: '', finishReason: 'length' },
    },
    {
      name: 'a content filter',
      parts: { text: '', finishReason: 'content_filter' },
      answer: { finishReason: 'content_filter' },
    },
    {
      name: 'a cost that is a whole number but for the noise of binary fractions',
      parts: { cost: 0.000057 },
      answer: { reportedCostInMicroUsd: 57 },
    },
  ])('with $name is read as it is meant', async ({ parts, answer }) => {
    const { reply } = await askScripted(routes.runwareSync, [
      answerJson(200, { data: [{ ...result, ...parts }] }),
    ]);

    expect(reply).toMatchObject({ isAnswer: true, answer });
  });

  it('with a cost below nothing has none', async () => {
    const { reply } = await askScripted(routes.runwareSync, [
      answerJson(200, { data: [{ ...result, cost: -1 }] }),
    ]);

    expect(reply).toMatchObject({ isAnswer: true });
    expect(reply.isAnswer && reply.answer).not.toHaveProperty('reportedCostInMicroUsd');
  });
});

describe('an error of Runware', () => {
  const bodyOf = (error: object) => ({ data: [], errors: [{ ...error, taskUUID: requestId }] });

  it.each([
    { status: 401, code: 'invalidApiKey', expected: 'model_auth_failed' },
    { status: 402, code: 'insufficientCredits', expected: 'model_quota_exhausted' },
    { status: 429, code: 'rateLimitExceeded', expected: 'model_rate_limited' },
    { status: 400, code: 'providerRateLimitExceeded', expected: 'model_rate_limited' },
    { status: 400, code: 'providerContentPolicyViolation', expected: 'model_refused' },
    { status: 400, code: 'timeoutProvider', expected: 'model_unavailable' },
    { status: 400, code: 'noAvailableServer', expected: 'model_unavailable' },
    { status: 400, code: 'providerError', expected: 'model_unavailable' },
    { status: 500, code: 'internalServerError', expected: 'model_unavailable' },
    { status: 404, code: 'modelNotFound', expected: 'model_bad_request' },
    { status: 400, code: 'unsupportedParameter', expected: 'model_bad_request' },
    {
      status: 400,
      code: 'valueTooHigh',
      parameter: 'settings.maxTokens',
      expected: 'model_bad_request',
    },
    {
      status: 400,
      code: 'valueTooLong',
      parameter: 'messages',
      expected: 'model_context_exceeded',
    },
    {
      status: 400,
      code: 'valueTooLong',
      parameter: ['model', 'messages'],
      expected: 'model_context_exceeded',
    },
    { status: 400, code: 'conflictTaskUUID', expected: 'model_bad_request' },
    { status: 503, code: 'somethingNew', expected: 'model_unavailable' },
    { status: 400, code: 'somethingNew', expected: 'model_bad_request' },
  ])('$code with status $status is $expected', async ({ status, expected, ...error }) => {
    const { reply, server } = await askScripted(routes.runwareStream, [
      answerJson(status, bodyOf({ ...error, message: 'canary' })),
    ]);

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code: expected }, isPossiblyBilled: false },
    });
    expect(server.requests.length).toBe(1);
    expect(reply.isAnswer || String(reply.failure.error)).not.toContain('canary');
  });

  it.each([
    {
      name: 'in a list',
      reaction: answerJson(200, { errors: [{ code: 'noAvailableServer', taskUUID: requestId }] }),
    },
    {
      name: 'alone',
      reaction: answerJson(200, { error: { code: 'noAvailableServer' }, taskUUID: requestId }),
    },
    {
      name: 'inside of a stream',
      reaction: answerStream(
        eventText([
          event({ text: 'Hel' }),
          { errors: [{ code: 'timeoutProvider', taskUUID: requestId }] },
        ]),
      ),
    },
    {
      name: 'with what the provider behind says',
      reaction: answerJson(200, {
        errors: [{ code: 'providerError', message: 'input new_sensitive (1026)' }],
      }),
      code: 'model_refused',
    },
  ])('inside of a success is found $name', async ({ reaction, code = 'model_unavailable' }) => {
    const { reply, server } = await askScripted(routes.runwareStream, [reaction]);

    expect(reply).toMatchObject({ isAnswer: false, failure: { error: { code } } });
    expect(server.requests.length).toBe(1);
  });

  it('says when to come back', async () => {
    const { reply } = await askScripted(routes.runwareAsync, [
      answerJson(429, bodyOf({ code: 'rateLimitExceeded' }), { 'retry-after': '7' }),
    ]);

    expect(reply).toMatchObject({ failure: { retryAfterInMs: 7_000 } });
  });
});
