import { describe, expect, it } from '@jest/globals';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';
import { routes } from '../support/model-routes.ts';
import { askScripted, createPollClock, sampleQuestion, secretKey } from '../support/models.ts';
import { answerJson } from '../support/scripted-server.ts';

const signal = new AbortController().signal;
const question = { ...sampleQuestion, maxOutputTokens: 2_000 };
const accountId = '0123456789abcdef0123456789abcdef';

/** Asks the simulator as often as there are faults, `undefined` being none. */
async function askOften(
  faults: readonly (FaultName | undefined)[],
  options: SimulatorOptions = {},
) {
  const simulator = await startSimulator({
    ...options,
    faults: faults.flatMap((fault, index) =>
      fault === undefined ? [] : [{ provider: '*', when: { nth: index + 1 }, fault }],
    ),
  });
  const model = routes.cloudflareRun.create({
    profile: routes.cloudflareRun.profile,
    baseUrl: simulator.baseUrls.cloudflare,
    clock: createPollClock(),
    credentials: async () => ({ apiKey: secretKey, accountId }),
  });
  try {
    const replies = [];
    for (const _ of faults) replies.push(await model.ask(question, signal));
    return replies;
  } finally {
    await simulator.close();
  }
}

describe('Cloudflare’s envelopes', () => {
  it.each(['flat', 'state', 'result', 'nested'] as const)(
    'of the form “%s” are opened, for answers whole or in pieces and for failures',
    async (cloudflareEnvelope) => {
      const [streamed, whole, failed] = await askOften(
        [undefined, 'json-for-stream', 'error-in-200'],
        { cloudflareEnvelope },
      );

      expect(streamed).toMatchObject({ isAnswer: true, answer: { finishReason: 'stop' } });
      expect(whole).toMatchObject({ isAnswer: true, answer: { finishReason: 'stop' } });
      expect(failed).toMatchObject({
        isAnswer: false,
        failure: { error: { code: 'model_unavailable' } },
      });
    },
  );
});

describe('Cloudflare’s “Unauthorized”', () => {
  it('is a matter of the key as long as the key has not worked', async () => {
    const [reply] = await askOften(['401-burst']);

    expect(reply).toMatchObject({ failure: { error: { code: 'model_auth_failed' } } });
  });

  it('is a matter of the rate once the key has worked', async () => {
    const [, reply] = await askOften([undefined, '401-burst']);

    expect(reply).toMatchObject({ failure: { error: { code: 'model_rate_limited' } } });
  });

  it('by the number of a wrong key stays a matter of the key', async () => {
    const [, reply] = await askOften([undefined, '401']);

    expect(reply).toMatchObject({ failure: { error: { code: 'model_auth_failed' } } });
  });
});

describe('an error of Cloudflare', () => {
  it.each([
    { number: 7003, status: 404, code: 'model_bad_request' },
    { number: 3036, status: 429, code: 'model_quota_exhausted' },
    { number: 3040, status: 429, code: 'model_unavailable' },
    { number: 3006, status: 413, code: 'model_context_exceeded' },
    { number: 2021, status: 400, code: 'model_quota_exhausted' },
    { number: 9999, status: 429, code: 'model_rate_limited' },
  ])('$number is $code, and is not quoted', async ({ number, status, code }) => {
    const errors = [{ code: number, message: `Could not route to ${secretKey}` }];
    const { reply } = await askScripted(
      routes.cloudflareChat,
      [answerJson(status, { result: null, success: false, errors, messages: [] })],
      { credentials: { accountId } },
    );

    expect(reply).toMatchObject({ failure: { error: { code }, isPossiblyBilled: false } });
    expect(reply.isAnswer || JSON.stringify([reply, String(reply.failure.error)])).not.toContain(
      secretKey,
    );
  });
});
