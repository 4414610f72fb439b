import { describe, expect, it } from '@jest/globals';
import { routes } from '../support/model-routes.ts';
import {
  type Asked,
  askScripted,
  createPollClock,
  type ModelUnderTest,
  requestId,
} from '../support/models.ts';
import {
  answerJson,
  answerStream,
  eventText,
  type Reaction,
  startScriptedServer,
} from '../support/scripted-server.ts';

const named = { taskType: 'textInference', taskUUID: requestId };
const done = answerJson(200, {
  data: [{ ...named, text: 'Hello!', finishReason: 'stop', status: 'success' }],
});
const streamedAnswer = answerStream(
  eventText([
    { ...named, delta: { text: 'Hello!' }, finishReason: null },
    { ...named, delta: {}, finishReason: 'stop' },
  ]),
);
const conflict = answerJson(400, {
  data: [],
  errors: [{ code: 'conflictTaskUUID', message: 'x', taskUUID: requestId }],
});
const notFound = answerJson(404, { errors: [{ code: 'taskNotFound', taskUUID: requestId }] });
const reset: Reaction = (response) => {
  response.socket?.destroy();
};
const begun = { ...named, delta: { text: 'Hel' }, finishReason: null };
const cut = answerStream(eventText([begun], false), { isDestroyed: true });
const endedEarly = answerStream(eventText([begun], false));

/** What each request was about. */
function kindsOf({ server }: Asked): string[] {
  return server.requests.map(({ body }) => {
    const [task] = body as unknown as readonly { taskType: string; taskUUID: string }[];
    expect(task?.taskUUID).toBe(requestId);
    return task?.taskType === 'getResponse' ? 'poll' : 'submit';
  });
}

describe('a task whose answer was lost', () => {
  it.each([
    { name: 'the connection was reset', lost: reset },
    { name: 'the stream broke off', lost: cut },
    { name: 'the stream ended without a finish reason', lost: endedEarly },
    { name: 'a proxy answered', lost: answerJson(200, {}) },
  ])('is fetched where $name and the provider knows it', async ({ lost }) => {
    const asked = await askScripted(routes.runwareStream, [lost, conflict, done]);

    expect(asked.reply).toMatchObject({ isAnswer: true, answer: { text: 'Hello!' } });
    expect(kindsOf(asked)).toEqual(['submit', 'submit', 'poll']);
  });

  it('is done by the second sending where the first was never accepted', async () => {
    const asked = await askScripted(routes.runwareStream, [reset, streamedAnswer]);

    expect(asked.reply).toMatchObject({ isAnswer: true, answer: { text: 'Hello!' } });
    expect(kindsOf(asked)).toEqual(['submit', 'submit']);
  });

  it('is not sent a third time, and may be billed', async () => {
    const asked = await askScripted(routes.runwareStream, [reset]);

    expect(asked.reply).toMatchObject({
      failure: { error: { code: 'model_unavailable' }, isPossiblyBilled: true },
    });
    expect(kindsOf(asked)).toEqual(['submit', 'submit']);
  });

  it('may be billed also where the second sending is turned away', async () => {
    const { reply } = await askScripted(routes.runwareSync, [reset, answerJson(429, {})]);

    expect(reply).toMatchObject({
      failure: { error: { code: 'model_rate_limited' }, isPossiblyBilled: true },
    });
  });

  it('is not sent again where nobody can have got it', async () => {
    const { baseUrl, close } = await startScriptedServer(reset);
    await close();
    const model: ModelUnderTest = {
      ...routes.runwareStream,
      create: (options) => routes.runwareStream.create({ ...options, baseUrl }),
    };
    const { reply } = await askScripted(model, [reset]);

    expect(reply).toMatchObject({
      failure: { error: { code: 'model_unavailable' }, isPossiblyBilled: false },
    });
  });
});

describe('a task that an earlier worker may have sent', () => {
  const question = { isResent: true };

  it('is fetched where the provider knows it', async () => {
    const asked = await askScripted(routes.runwareStream, [conflict, done], { question });

    expect(asked.reply).toMatchObject({ isAnswer: true, answer: { text: 'Hello!' } });
    expect(kindsOf(asked)).toEqual(['submit', 'poll']);
  });

  it('is found to be known also inside of a success', async () => {
    const inside = answerStream(
      eventText([{ errors: [{ code: 'conflictTaskUUID', taskUUID: requestId }] }]),
    );
    const asked = await askScripted(routes.runwareStream, [inside, done], { question });

    expect(asked.reply.isAnswer).toBe(true);
  });

  it('is done now where the provider does not know it', async () => {
    const asked = await askScripted(routes.runwareStream, [streamedAnswer], { question });

    expect(asked.reply.isAnswer).toBe(true);
    expect(kindsOf(asked)).toEqual(['submit']);
  });

  it('goes on to be polled with a new key where the old one was withdrawn', async () => {
    const refused = answerJson(401, { errors: [{ code: 'invalidApiKey' }] });
    const asked = await askScripted(
      routes.runwareAsync,
      [answerJson(200, { data: [named] }), refused, conflict, done],
      { keys: ['old', 'new'] },
    );

    expect(asked.reply.isAnswer).toBe(true);
    expect(kindsOf(asked)).toEqual(['submit', 'poll', 'submit', 'poll']);
  });
});

describe('polling', () => {
  const submitted = answerJson(200, { data: [named] });
  const pending = answerJson(200, { data: [{ ...named, status: 'processing' }] });

  it('survives polls that fail', async () => {
    const asked = await askScripted(routes.runwareAsync, [
      submitted,
      answerJson(503, {}),
      reset,
      answerJson(429, {}),
      pending,
      done,
    ]);

    expect(asked.reply.isAnswer).toBe(true);
  });

  it('is given up after four failures in a row, and may be billed', async () => {
    const asked = await askScripted(routes.runwareAsync, [submitted, notFound]);

    expect(asked.reply).toMatchObject({
      failure: { error: { code: 'model_unavailable' }, isPossiblyBilled: true },
    });
    expect(kindsOf(asked)).toEqual(['submit', 'poll', 'poll', 'poll', 'poll']);
  });

  it('is given up after a minute without a word of the task', async () => {
    const clock = createPollClock();
    const startedAtInMs = clock.now();
    const { reply } = await askScripted(
      routes.runwareAsync,
      [submitted, answerJson(200, { data: [] })],
      { clock },
    );

    expect(reply).toMatchObject({
      failure: { error: { code: 'model_unavailable' }, isPossiblyBilled: true },
    });
    expect(clock.now() - startedAtInMs).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...clock.pauses)).toBe(10_000);
  });

  it('brings the error of a task that failed', async () => {
    const failed = answerJson(200, {
      data: [{ ...named, status: 'error' }],
      errors: [{ code: 'contentPolicyViolation', taskUUID: requestId }],
    });
    const { reply } = await askScripted(routes.runwareAsync, [submitted, pending, failed]);

    expect(reply).toMatchObject({ failure: { error: { code: 'model_refused' } } });
  });

  it('ends at the deadline of the request', async () => {
    const clock = createPollClock((durationInMs) => durationInMs === 600_000);
    const { reply } = await askScripted(routes.runwareAsync, [submitted, pending], { clock });

    expect(reply).toMatchObject({
      failure: { error: { code: 'model_timeout' }, isPossiblyBilled: true },
    });
  });

  it('ends with the reason of an abort', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const abort: Reaction = (response, request) => {
      controller.abort(reason);
      pending(response, request);
    };
    const asked = askScripted(routes.runwareAsync, [submitted, abort], {
      signal: controller.signal,
    });

    await expect(asked).rejects.toBe(reason);
  });
});
