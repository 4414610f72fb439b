import type { ModelOptions } from '#shared/adapters/models/internal/exchange.ts';
import { AttemptId } from '#shared/domain/ids.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { LanguageModel, ModelQuestion, ModelReply } from '#shared/ports/language-model.ts';
import type { ProviderCredentials } from '#shared/ports/secrets.ts';
import { patient } from './patient-model.ts';
import { type Reaction, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

export const secretKey = 'sk-canary-1234567890';
export const secretText = 'the canary sentence of a document';
export const requestId = 'a770f077-f413-47de-9dac-be0b26a35da6';

/** A question with two system messages, more room than any provider has, and a temperature that some refuse. */
export const sampleQuestion: ModelQuestion = {
  attemptId: AttemptId.parse(`att_${'0'.repeat(26)}`),
  requestId,
  isResent: false,
  messages: [
    { role: 'system', content: 'First rule.' },
    { role: 'user', content: secretText },
    { role: 'system', content: 'Second rule.' },
  ],
  maxOutputTokens: 1_000_000,
  temperature: 0,
};

/** A function that takes a city. */
export const weatherTool = {
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

/** The model has asked for the weather of two cities, and both answers are there. */
export const toolTurns: ModelQuestion['messages'] = [
  { role: 'user', content: 'Weather?' },
  {
    role: 'assistant',
    content: '',
    toolCalls: [
      { id: 'call_1', name: 'get_weather', argumentsText: '{"city":"Bern"}' },
      { id: 'call_2', name: 'get_weather', argumentsText: '{"city":"Chur"}' },
    ],
  },
  { role: 'tool', content: 'rain', toolCallId: 'call_1' },
  { role: 'tool', content: 'sun', toolCallId: 'call_2' },
];

/** Waits up to this long are passed over at once: those between two polls, not the deadlines. */
const longestPauseInMs = 10_000;

export interface PollClock extends Clock {
  /** The pauses so far, in milliseconds. */
  readonly pauses: readonly number[];
}

/** Pauses are over at once and it is later; no deadline is ever reached but the one that `expires` picks. */
export function createPollClock(
  expires: (durationInMs: number) => boolean = () => false,
): PollClock {
  const pauses: number[] = [];
  let nowInMs = Date.UTC(2026, 10, 21);
  return {
    pauses,
    now: () => nowInMs,
    sleep(durationInMs, signal) {
      if (durationInMs <= longestPauseInMs && !signal?.aborted) {
        pauses.push(durationInMs);
        nowInMs += durationInMs;
        return new Promise((resolve) => setImmediate(resolve));
      }
      return new Promise((resolve, reject) => {
        const timer = expires(durationInMs) ? setTimeout(resolve, expiryInMs) : undefined;
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
    },
  };
}

/** Long enough for a local server to have sent what it has. */
const expiryInMs = 60;

export interface Asked {
  readonly reply: ModelReply;
  readonly server: ScriptedServer;
}

export interface AskOptions {
  readonly question?: Partial<ModelQuestion>;
  readonly credentials?: Partial<ProviderCredentials>;
  /** The key, and the one that is there when it is read again. */
  readonly keys?: readonly string[];
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

export interface ModelUnderTest {
  readonly profile: ProviderProfile;
  readonly create: (options: ModelOptions) => LanguageModel;
}

/** Asks an adapter one question against a server that reacts as scripted. */
export async function askScripted(
  { profile, create }: ModelUnderTest,
  reactions: readonly Reaction[],
  options: AskOptions = {},
): Promise<Asked> {
  const server = await startScriptedServer(...reactions);
  const [first = secretKey, second = first] = options.keys ?? [];
  const model = create({
    profile,
    baseUrl: server.baseUrl,
    clock: options.clock ?? createPollClock(),
    credentials: async (read) => ({
      ...options.credentials,
      apiKey: read?.isFresh === true ? second : first,
    }),
  });
  try {
    const question = { ...sampleQuestion, ...options.question };
    const signal = options.signal ?? new AbortController().signal;
    return { reply: await patient(model).ask(question, signal), server };
  } finally {
    await server.close();
  }
}
