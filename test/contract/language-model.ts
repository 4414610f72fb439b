import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '#shared/domain/errors.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel, ModelQuestion, ModelReply } from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import type { FaultName } from '#shared/simulator/fault-names.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '#shared/simulator/server.ts';
import { createPollClock, sampleQuestion, secretText, weatherTool } from '../support/models.ts';
import { type PatientModel, patient } from '../support/patient-model.ts';

/** What a model under test gets. */
export interface ModelSetup {
  readonly simulator: Simulator;
  readonly clock: Clock;
  readonly credentials: (options?: { isFresh: boolean }) => Promise<ProviderCredentials>;
}

export interface ModelTraits {
  readonly createModel: (setup: ModelSetup) => LanguageModel;
  /** A lost answer is fetched under the id of the question, and not generated again. */
  readonly isRecovering: boolean;
}

type Expected =
  | {
      readonly code: ErrorCode;
      readonly isPossiblyBilled: boolean;
      readonly retryAfterInMs?: number;
    }
  /** The answer that there is without a fault. */
  | 'the answer'
  | { readonly finishReason: string; readonly text?: string };

interface Row {
  readonly fault: FaultName;
  readonly expected: Expected;
  /** Where a lost answer can be fetched, if that makes a difference. */
  readonly recovered?: Expected;
}

const turnedAway = (code: ErrorCode, retryAfterInMs?: number) => ({
  code,
  isPossiblyBilled: false,
  ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }),
});
const maybeServed = (code: ErrorCode) => ({ code, isPossiblyBilled: true });

const refusals: readonly Row[] = [
  { fault: '429', expected: turnedAway('model_rate_limited', 1_000) },
  { fault: '429-bare', expected: turnedAway('model_rate_limited') },
  { fault: '429-long', expected: turnedAway('model_rate_limited', 600_000) },
  { fault: '429-date', expected: turnedAway('model_rate_limited', 600_000) },
  { fault: '400', expected: turnedAway('model_bad_request') },
  { fault: '401', expected: turnedAway('model_auth_failed') },
  { fault: '401-burst', expected: turnedAway('model_auth_failed') },
  { fault: '402', expected: turnedAway('model_quota_exhausted') },
  { fault: '403', expected: turnedAway('model_auth_failed') },
  { fault: '404', expected: turnedAway('model_bad_request') },
  { fault: 'context', expected: turnedAway('model_context_exceeded') },
  { fault: '500', expected: turnedAway('model_unavailable') },
  { fault: '502-html', expected: turnedAway('model_unavailable') },
  { fault: '503', expected: turnedAway('model_unavailable') },
  { fault: '529', expected: turnedAway('model_unavailable') },
  { fault: 'error-array', expected: turnedAway('model_unavailable') },
  { fault: 'error-string', expected: turnedAway('model_unavailable') },
  { fault: 'base-resp', expected: turnedAway('model_rate_limited') },
  { fault: 'error-in-200', expected: turnedAway('model_unavailable') },
  { fault: 'balance', expected: turnedAway('model_quota_exhausted') },
  { fault: 'overload', expected: turnedAway('model_unavailable') },
];

const brokenConnections: readonly Row[] = [
  { fault: 'reset', expected: maybeServed('model_unavailable'), recovered: 'the answer' },
  { fault: 'lost-response', expected: maybeServed('model_unavailable'), recovered: 'the answer' },
  { fault: 'html', expected: maybeServed('model_protocol_error'), recovered: 'the answer' },
  {
    fault: 'reset-after-headers',
    expected: maybeServed('model_protocol_error'),
    recovered: 'the answer',
  },
  {
    fault: 'reset-mid-body',
    expected: maybeServed('model_protocol_error'),
    recovered: 'the answer',
  },
  { fault: 'cut-stream', expected: maybeServed('model_protocol_error'), recovered: 'the answer' },
];

const oddAnswers: readonly Row[] = [
  ...(
    [
      'split-think',
      'think-twice',
      'cumulative',
      'no-done',
      'json-for-stream',
      'empty-role',
      'other-model',
      'usage-missing',
      'usage-negative',
      'usage-absurd',
    ] as const
  ).map((fault) => ({ fault, expected: 'the answer' }) as const),
  { fault: 'open-think', expected: { finishReason: 'stop', text: '' } },
  { fault: 'empty', expected: { finishReason: 'stop' } },
  { fault: 'length', expected: { finishReason: 'length', text: '' } },
  { fault: 'thinking-only', expected: { finishReason: 'length', text: '' } },
  { fault: 'refusal', expected: { finishReason: 'content_filter' } },
  {
    fault: 'abort',
    expected: maybeServed('model_unavailable'),
    // It calls the reason unknown; what has come is half an answer, for the validation to see.
    recovered: { finishReason: 'other' },
  },
  {
    fault: 'no-choices',
    expected: maybeServed('model_protocol_error'),
    recovered: maybeServed('model_unavailable'),
  },
  {
    fault: 'no-finish',
    expected: maybeServed('model_protocol_error'),
    recovered: { finishReason: 'other' },
  },
];

/** What every model promises, shown at the simulator over real sockets. */
export function describeLanguageModel(name: string, traits: ModelTraits): void {
  const expectedOf = ({ expected, recovered = expected }: Row) =>
    traits.isRecovering ? recovered : expected;

  describe(`LanguageModel contract: ${name}`, () => {
    it.each(['strict', 'observed'] as const)(
      'answers at a %s provider, thinking apart, without breaking a rule of it',
      async (profile) => {
        await withModel({ ...traits, simulator: { profile } }, async ({ model, simulator }) => {
          const first = await model.ask(newQuestion(), neverAborted);
          const second = await model.ask(newQuestion(), neverAborted);

          for (const reply of [first, second]) {
            expect(reply).toMatchObject({ isAnswer: true, answer: plainAnswer });
            expect(reply.isAnswer && reply.answer.thinkingLength).toBeGreaterThan(0);
          }
          expect(simulator.report()).toMatchObject({ violations: [], completed: 2 });
        });
      },
    );

    it('reports the tokens of an answer, and of a question, thinking included', async () => {
      await withModel(traits, async ({ model }) => {
        const reply = await model.ask(newQuestion(), neverAborted);

        const usage = reply.isAnswer ? reply.answer.usage : {};
        expect(usage.inputTokens).toBeGreaterThan(0);
        expect(usage.outputTokens).toBeGreaterThan(usage.reasoningTokens ?? 0);
      });
    });

    it.each([...refusals, ...brokenConnections, ...oddAnswers])(
      'knows what $fault means',
      async (row) => {
        const expected = expectedOf(row);
        await withModel({ ...traits, fault: row.fault }, async ({ model, simulator }) => {
          const reply = await model.ask(newQuestion(), neverAborted);

          expectReply(reply, expected);
          const { requests, promptsCompletedMoreThanOnce, violations } = simulator.report();
          expect(violations).toEqual([]);
          expect(promptsCompletedMoreThanOnce).toBe(0);
          expect(requests).toBeLessThanOrEqual(traits.isRecovering ? 2 : 1);
        });
      },
    );

    it.each(['no-first-byte', 'hang', 'drip'] as const)(
      'gives up after a while where there is %s',
      async (fault) => {
        const clock = createPollClock(() => true);
        await withModel({ ...traits, fault, clock }, async ({ model }) => {
          const reply = await model.ask(newQuestion(), neverAborted);

          expectReply(reply, maybeServed('model_timeout'));
        });
      },
    );

    it('leaves unknown tokens unknown', async () => {
      for (const fault of ['usage-missing', 'usage-negative', 'empty'] as const) {
        await withModel({ ...traits, fault }, async ({ model }) => {
          const reply = await model.ask(newQuestion(), neverAborted);

          expect(reply).toMatchObject({ isAnswer: true, answer: { usage: {} } });
          expect(reply.isAnswer && reply.answer.usage).not.toHaveProperty('outputTokens');
        });
      }
    });

    it('reads the key again where it is refused, once', async () => {
      const keys: string[] = [];
      const credentials = async (options?: { isFresh: boolean }) => {
        keys.push(options?.isFresh === true ? 'new' : 'old');
        return { ...testCredentials, apiKey: keys.at(-1) ?? '' };
      };
      await withModel({ ...traits, fault: '401', credentials }, async ({ model, simulator }) => {
        const reply = await model.ask(newQuestion(), neverAborted);

        expect(reply).toMatchObject({ isAnswer: true, answer: plainAnswer });
        expect(keys).toEqual(['old', 'new']);
        expect(simulator.report()).toMatchObject({ requests: 2, violations: [] });
      });
    });

    it('throws the reason of an abort, and nothing else', async () => {
      await withModel({ ...traits, fault: 'hang' }, async ({ model, simulator }) => {
        const controller = new AbortController();
        const reason = new Error('stopped');

        const asked = model.ask(newQuestion(), controller.signal).catch((error: unknown) => error);
        while (simulator.report().requests === 0) await new Promise(setImmediate);
        controller.abort(reason);

        expect(await asked).toBe(reason);
      });
    });

    it('has a name for its key that does not tell it', async () => {
      await withModel(traits, async ({ model }) => {
        const id = await model.keyId();

        expect(id).toBe(await model.keyId());
        expect(testCredentials.apiKey).not.toContain(id);
        expect(id).not.toContain(testCredentials.apiKey);
      });
    });

    it('has tools called, each choice of its profile, and takes what they returned', async () => {
      await withModel(traits, async ({ model, simulator }) => {
        for (const mode of model.profile.toolChoices) {
          await expectToolRound(model, mode);
        }
        expect(simulator.report().violations).toEqual([]);
      });
    });
  });
}

const testCredentials: ProviderCredentials = {
  apiKey: 'key-of-the-test',
  accountId: '0123456789abcdef0123456789abcdef',
};
const neverAborted = new AbortController().signal;
const content = `I repeat what is said. ${secretText}.`;
/** The simulator repeats the first sentences. */
const plainAnswer = { text: content, finishReason: 'stop', toolCalls: [] };

function newQuestion(overrides: Partial<ModelQuestion> = {}): ModelQuestion {
  return {
    ...sampleQuestion,
    requestId: randomUUID(),
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content },
    ],
    maxOutputTokens: 2_000,
    ...overrides,
  };
}

interface Bench {
  readonly createModel: ModelTraits['createModel'];
  readonly fault?: FaultName;
  readonly clock?: Clock;
  readonly credentials?: ModelSetup['credentials'];
  readonly simulator?: SimulatorOptions;
}

/** A model at a simulator whose first question meets the fault. */
async function withModel(
  bench: Bench,
  use: (parts: { model: PatientModel; simulator: Simulator }) => Promise<void>,
): Promise<void> {
  const { fault, clock = createPollClock() } = bench;
  const nowInMs = clock.now();
  const simulator = await startSimulator({
    ...bench.simulator,
    faults: fault === undefined ? [] : [{ provider: '*', when: { nth: 1 }, fault }],
    clock: { now: () => nowInMs, sleep: () => new Promise(() => undefined) },
  });
  const credentials = bench.credentials ?? (async () => testCredentials);
  try {
    await use({ model: patient(bench.createModel({ simulator, clock, credentials })), simulator });
  } finally {
    await simulator.close();
  }
}

function expectReply(reply: ModelReply, expected: Expected): void {
  if (expected === 'the answer') {
    expect(reply).toMatchObject({ isAnswer: true, answer: plainAnswer });
    return;
  }
  if ('finishReason' in expected) {
    expect(reply).toMatchObject({ isAnswer: true, answer: expected });
    return;
  }
  const { code, isPossiblyBilled, retryAfterInMs } = expected;
  expect(reply).toMatchObject({
    isAnswer: false,
    failure: { error: { code }, isPossiblyBilled, retryAfterInMs },
  });
  expect(reply.isAnswer || JSON.stringify([reply, String(reply.failure.error)])).not.toContain(
    secretText,
  );
}

async function expectToolRound(
  model: PatientModel,
  mode: 'auto' | 'none' | 'required' | 'named',
): Promise<void> {
  const isAsked = mode === 'auto' || mode === 'none';
  const asked = isAsked ? 'Please call the tool get_weather.' : 'What is the weather?';
  const messages = [{ role: 'user' as const, content: asked }];
  const tools = [weatherTool];
  const toolChoice = mode === 'named' ? { name: weatherTool.name } : mode;
  const reply = await model.ask(newQuestion({ messages, tools, toolChoice }), neverAborted);

  const finishReason = mode === 'none' ? 'stop' : 'tool_calls';
  expect(reply).toMatchObject({ isAnswer: true, answer: { finishReason } });
  const [call] = reply.isAnswer ? reply.answer.toolCalls : [];
  expect(call?.name).toBe(mode === 'none' ? undefined : weatherTool.name);
  if (call === undefined) return;
  expect(JSON.parse(call.argumentsText)).toEqual({ city: expect.any(String) });

  const round = [
    ...messages,
    { role: 'assistant' as const, content: '', toolCalls: [call] },
    { role: 'tool' as const, content: 'rain', toolCallId: call.id },
  ];
  const last = await model.ask(newQuestion({ messages: round, tools }), neverAborted);
  expect(last).toMatchObject({ isAnswer: true, answer: { text: 'The tool returned: rain' } });
}
