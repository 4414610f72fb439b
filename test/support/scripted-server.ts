import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** What a scripted server does with a request. */
export type Reaction = (response: ServerResponse, request: ReceivedRequest) => void;

export interface ScriptedServer {
  readonly baseUrl: string;
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

/** A server that answers each request with the next reaction, byte for byte as the test says; the last one answers all that follow. */
export async function startScriptedServer(
  ...reactions: readonly Reaction[]
): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    const { method, url: path, headers } = incoming;
    const request = { method, path, headers, body: JSON.parse(text) };
    const reaction = reactions[Math.min(requests.length, reactions.length - 1)];
    requests.push(request);
    reaction?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A JSON answer. */
export function answerJson(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Reaction {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** The events of a stream as text. */
export function eventText(chunks: readonly unknown[], isDone = true): string {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return [...events, ...(isDone ? ['data: [DONE]\n\n'] : [])].join('');
}

/** Events that have names of their own, as text. */
export function namedEventText(
  events: readonly ({ type: string } & Record<string, unknown>)[],
): string {
  return events.map((each) => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join('');
}

/** A stream of events, sent in the given pieces, then ended or destroyed. */
export function answerStream(
  text: string,
  options: { cuts?: readonly number[]; isDestroyed?: boolean } = {},
): Reaction {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const bytes = Buffer.from(text);
    const cuts = [0, ...[...(options.cuts ?? [])].sort((a, b) => a - b), bytes.length];
    for (const [index, cut] of cuts.slice(1).entries())
      response.write(bytes.subarray(cuts[index], cut));
    if (options.isDestroyed === true) setImmediate(() => response.destroy());
    else response.end();
  };
}

/** A chunk with a delta. */
export function delta(content: Record<string, unknown>, finishReason: string | null = null) {
  return {
    model: 'MiniMax-M2.7',
    choices: [{ index: 0, delta: content, finish_reason: finishReason }],
  };
}

/** The last chunk: usage and no choices. */
export function usageChunk(promptTokens: number, completionTokens: number) {
  return {
    model: 'MiniMax-M2.7',
    choices: [],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
  };
}
