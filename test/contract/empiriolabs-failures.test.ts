import { describe, expect, it } from '@jest/globals';
import { askEmpirioLabs, whole } from '../support/empiriolabs.ts';
import { createPollClock } from '../support/models.ts';
import {
  answerJson,
  answerStream,
  delta,
  eventText,
  type Reaction,
} from '../support/scripted-server.ts';

describe('a failure', () => {
  const html: Reaction = (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>proxy</html>');
  };
  const reset: Reaction = (response) => {
    response.socket?.destroy();
  };
  const minimax = (message: string) => ({
    type: 'error',
    error: { type: 'x', message, http_code: '400' },
  });
  const cut = eventText([delta({ content: '{"a":' })], false);

  it.each([
    {
      name: 'a stream without a finish reason',
      reaction: answerStream(cut),
      code: 'model_protocol_error',
      isPossiblyBilled: true,
    },
    {
      name: 'a stream that breaks off',
      reaction: answerStream(cut, { isDestroyed: true }),
      code: 'model_protocol_error',
      isPossiblyBilled: true,
    },
    {
      name: 'a reset before the answer',
      reaction: reset,
      code: 'model_unavailable',
      isPossiblyBilled: true,
    },
    {
      name: 'HTML with status 200',
      reaction: html,
      code: 'model_protocol_error',
      isPossiblyBilled: true,
    },
    {
      name: 'base_resp 1002 in a 200',
      reaction: answerJson(200, { choices: null, base_resp: { status_code: 1002 } }),
      code: 'model_rate_limited',
      isPossiblyBilled: false,
    },
    {
      name: 'base_resp 1026 in a stream',
      reaction: answerStream(eventText([{ choices: null, base_resp: { status_code: 1026 } }])),
      code: 'model_refused',
      isPossiblyBilled: true,
    },
    {
      name: 'null choices',
      reaction: answerJson(200, { choices: null }),
      code: 'model_protocol_error',
      isPossiblyBilled: true,
    },
    {
      name: 'finish reason “abort”',
      reaction: answerStream(eventText([delta({}, 'abort')])),
      code: 'model_unavailable',
      isPossiblyBilled: false,
    },
    {
      name: '400',
      reaction: answerJson(400, minimax('invalid params (2013)')),
      code: 'model_bad_request',
      isPossiblyBilled: false,
    },
    {
      name: 'a full context',
      reaction: answerJson(400, minimax('context window exceeds limit (2013)')),
      code: 'model_context_exceeded',
      isPossiblyBilled: false,
    },
    {
      name: '402',
      reaction: answerJson(402, { error: { message: 'x', code: 'insufficient_credits' } }),
      code: 'model_quota_exhausted',
      isPossiblyBilled: false,
    },
    {
      name: '422 with (1026)',
      reaction: answerJson(422, minimax('input new_sensitive (1026)')),
      code: 'model_refused',
      isPossiblyBilled: false,
    },
    {
      name: '500',
      reaction: answerJson(500, {}),
      code: 'model_unavailable',
      isPossiblyBilled: false,
    },
    {
      name: '529',
      reaction: answerJson(529, 'High traffic'),
      code: 'model_unavailable',
      isPossiblyBilled: false,
    },
  ])('of the kind “$name” is $code', async ({ reaction, code, isPossiblyBilled }) => {
    const { reply, server } = await askEmpirioLabs([reaction]);

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code }, isPossiblyBilled },
    });
    expect(server.requests.length).toBe(1);
    const told = reply.isAnswer
      ? ''
      : JSON.stringify({ ...reply.failure.error, text: String(reply.failure.error) });
    expect(told).not.toMatch(/canary/);
  });

  it.each([
    { name: 'seconds', headers: { 'retry-after': '2' }, waitInMs: 2_000 },
    { name: 'milliseconds', headers: { 'retry-after-ms': '150' }, waitInMs: 150 },
    {
      name: 'a date',
      headers: { 'retry-after': 'Sat, 21 Nov 2026 00:00:30 GMT' },
      waitInMs: 30_000,
    },
    { name: 'nonsense', headers: { 'retry-after': 'soon' }, waitInMs: undefined },
  ])('429 says when to come back in $name', async ({ headers, waitInMs }) => {
    const { reply } = await askEmpirioLabs([
      answerJson(429, {}, headers as Record<string, string>),
    ]);

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code: 'model_rate_limited' }, retryAfterInMs: waitInMs },
    });
  });

  it('401 reads the key again, once, and goes on with the new one', async () => {
    const { reply, server } = await askEmpirioLabs([answerJson(401, {}), answerStream(whole)], {
      keys: ['old', 'new'],
    });

    expect(reply.isAnswer).toBe(true);
    expect(server.requests.map((each) => each.headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  it('401 with the same key is not tried again', async () => {
    const { reply, server } = await askEmpirioLabs([answerJson(401, {})]);

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code: 'model_auth_failed' } },
    });
    expect(server.requests.length).toBe(1);
  });

  it('a provider that never answers is given up at the deadline of the first byte', async () => {
    const clock = createPollClock((durationInMs) => durationInMs === 120_000);

    const { reply } = await askEmpirioLabs([() => undefined], { clock });

    expect(reply).toMatchObject({
      isAnswer: false,
      failure: { error: { code: 'model_timeout' }, isPossiblyBilled: true },
    });
  });

  it('an abort by the caller is no failure of the provider: its reason is thrown', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const asked = askEmpirioLabs([() => controller.abort(reason)], { signal: controller.signal });

    await expect(asked).rejects.toBe(reason);
  });
});
