import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ModelReply } from '#shared/ports/language-model.ts';
import type { Exchange } from '../exchange.ts';
import type { Classify } from '../failures.ts';
import { readReply } from '../read-reply.ts';
import { createAnswerAssembly } from './assembly.ts';

/** How a provider's chat completions differ from the plain ones. */
export interface ChatDialect {
  readonly classify: Classify;
  /** Takes a body out of the envelope it came in; a body that has none comes back as it is. */
  readonly unwrap?: (body: unknown) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The `openai` package as a client of any provider: retries, log and the headers of an organisation off, our own `fetch` beneath it. The
 * package would lose status, headers and body of a failure, and what a stream ends with (providers.md § 6).
 */
export async function openAiClient(
  { credentials, fetch }: Pick<Exchange, 'credentials' | 'fetch'>,
  { baseUrl, headers }: { baseUrl: string; headers?: Readonly<Record<string, string>> | undefined },
): Promise<OpenAI> {
  // Hundreds of modules: they are loaded when a provider is asked, not by every command and every function that could.
  const { default: Client } = await import('openai');
  return new Client({
    apiKey: credentials.apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    organization: null,
    project: null,
    logLevel: 'off',
    ...(headers === undefined ? {} : { defaultHeaders: headers }),
    fetch,
  });
}

/** Sends a chat completion and reads its reply. */
export async function askChat(
  exchange: Exchange,
  { baseUrl, body }: { baseUrl: string; body: ChatCompletionCreateParamsStreaming },
  dialect: ChatDialect,
): Promise<ModelReply> {
  const client = await openAiClient(exchange, { baseUrl, headers: dialect.headers });
  const response = await client.chat.completions
    .create(body, { signal: exchange.watch.signal })
    .asResponse();
  return await readChatReply(response, exchange, dialect);
}

/** Reads a completion, whole or in chunks. */
export async function readChatReply(
  response: Response,
  exchange: Pick<Exchange, 'watch'>,
  { classify, unwrap = (body) => body }: ChatDialect,
): Promise<ModelReply> {
  const assembly = createAnswerAssembly(classify);
  const add = (data: unknown) => assembly.add(unwrap(data));
  return await readReply(response, exchange, { ...assembly, add });
}
