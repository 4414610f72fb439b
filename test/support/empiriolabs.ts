import { createEmpirioLabsModel } from '#shared/adapters/models/empiriolabs/model.ts';
import { AttemptId } from '#shared/domain/ids.ts';
import { providerProfiles } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ModelReply } from '#shared/ports/language-model.ts';
import {
  delta,
  eventText,
  type Reaction,
  type ScriptedServer,
  startScriptedServer,
  usageChunk,
} from './scripted-server.ts';

export const secretKey = 'sk-canary-1234567890';
export const secretText = 'the canary sentence of a document';

const question = {
  attemptId: AttemptId.parse(`att_${'0'.repeat(26)}`),
  messages: [
    { role: 'system' as const, content: 'First rule.' },
    { role: 'user' as const, content: secretText },
    { role: 'system' as const, content: 'Second rule.' },
  ],
  maxOutputTokens: 1_000_000,
  temperature: 0,
};

/** Nothing ever times out. */
export const patientClock: Clock = {
  now: () => Date.UTC(2026, 10, 21),
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

export interface Asked {
  readonly reply: ModelReply;
  readonly server: ScriptedServer;
}

/** Asks the adapter one question against a server that reacts as scripted. */
export async function askEmpirioLabs(
  reactions: readonly Reaction[],
  options: { keys?: readonly string[]; clock?: Clock; signal?: AbortSignal } = {},
): Promise<Asked> {
  const server = await startScriptedServer(...reactions);
  const [first = secretKey, second = first] = options.keys ?? [];
  const model = createEmpirioLabsModel({
    profile: providerProfiles.empiriolabs,
    baseUrl: server.baseUrl,
    clock: options.clock ?? patientClock,
    credentials: async (credentials) => ({
      apiKey: credentials?.isFresh === true ? second : first,
    }),
  });
  try {
    const reply = await model.ask(question, options.signal ?? new AbortController().signal);
    return { reply, server };
  } finally {
    await server.close();
  }
}

/** A whole answer: an empty role, thinking apart, characters of several bytes, usage at the end. */
export const whole = eventText([
  delta({ role: '', content: '' }),
  delta({ reasoning_content: 'Hm. ' }),
  delta({ content: '{"text":"Zürich — ' }),
  delta({ content: '名 🚂"}' }),
  delta({}, 'stop'),
  usageChunk(20, 9),
]);
