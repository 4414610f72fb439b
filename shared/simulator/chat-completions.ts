import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ChatError,
  type ChatRequest,
  readChatRequest,
  simulatedModel,
} from './chat-request.ts';
import type { SimulatorClock } from './clock.ts';
import { type Completion, completeChat } from './completion.ts';
import type { FaultName, FaultPlan } from './faults.ts';
import type { Random } from './random.ts';
import type { Outcome, Recorder } from './report.ts';
import { sendJson } from './send-json.ts';
import { type CompletionIdentity, completionBody, streamFrames } from './streaming.ts';
import type { ThinkingMode } from './thinking.ts';

export interface ChatDependencies {
  readonly recorder: Recorder;
  readonly faults: FaultPlan;
  readonly clock: SimulatorClock;
  readonly startedAtInMs: number;
  readonly latencyInMs: { readonly low: number; readonly high: number };
  readonly latencyRandom: Random;
  readonly thinkingMode: ThinkingMode;
}

type ChatHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `POST /v1/chat/completions` as EmpirioLabs serves it. */
export function createChatCompletions(dependencies: ChatDependencies): ChatHandler {
  const { recorder, faults, clock, startedAtInMs } = dependencies;
  let arrivals = 0;
  return async (request, response) => {
    arrivals += 1;
    const elapsedInMs = clock.now() - startedAtInMs;
    const fault = faults.next({ provider: 'empiriolabs', elapsedInMs });
    const identity = {
      id: `chatcmpl-${arrivals}`,
      created: Math.floor(clock.now() / 1_000),
      model: simulatedModel,
    };
    recorder.begin();
    let outcome: Outcome = { kind: 'aborted' };
    try {
      outcome = await serve({ request, response, identity, fault }, dependencies);
    } finally {
      recorder.end(outcome);
    }
  };
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly identity: CompletionIdentity;
  readonly fault: FaultName | undefined;
}

async function serve(arrival: Arrival, dependencies: ChatDependencies): Promise<Outcome> {
  const { request, response, identity, fault } = arrival;
  const body = await readBody(request);
  if (body === undefined) return { kind: 'aborted' };
  const chat = readChatRequest(request.headers.authorization, body);
  if (!chat.isValid) {
    sendError(response, chat.error);
    return { kind: 'refused', violation: `${chat.error.status} ${chat.error.message}` };
  }
  const mode = dependencies.thinkingMode;
  const completion = completeChat(chat.request, { mode, fault });
  dependencies.recorder.name(completion.prompt);
  await Promise.race([waitAwhile(dependencies), once(response, 'close')]);
  if (response.destroyed) return { kind: 'aborted' };

  const reply = { completion, chat: chat.request, identity };
  if (fault !== undefined && sendFault(response, fault, reply)) return { kind: 'faulted' };
  sendCompletion(response, reply);
  if (fault === 'length' || fault === 'bad-json') return { kind: 'faulted' };
  return { kind: 'completed', prompt: completion.prompt, messages: chat.request.messages };
}

interface Reply {
  readonly completion: Completion;
  readonly chat: ChatRequest;
  readonly identity: CompletionIdentity;
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(Buffer.from(part));
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

async function waitAwhile(dependencies: ChatDependencies): Promise<void> {
  const { low, high } = dependencies.latencyInMs;
  if (high <= 0) return;
  await dependencies.clock.sleep(low + (high - low) * dependencies.latencyRandom());
}

function sendCompletion(response: ServerResponse, reply: Reply): void {
  const { completion, chat, identity } = reply;
  if (!chat.isStreaming) {
    sendJson(response, 200, completionBody(completion, identity));
    return;
  }
  response.writeHead(200, streamHeaders);
  for (const frame of streamFrames(completion, identity, chat)) response.write(frame);
  response.end();
}

const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };

/** Fails as the fault says; `false` for faults that are in the answer itself. */
function sendFault(response: ServerResponse, fault: FaultName, reply: Reply): boolean {
  switch (fault) {
    case '429':
      response.setHeader('retry-after', '1');
      sendError(response, {
        status: 429,
        message: 'Rate limit exceeded',
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
      });
      return true;
    case '500':
      sendError(response, {
        status: 500,
        message: 'The upstream model failed',
        type: 'api_error',
        code: 'upstream_error',
      });
      return true;
    case 'reset':
      response.socket?.destroy();
      return true;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>One moment</title><p>We will be back shortly.</p>');
      return true;
    case 'base-resp':
      sendJson(response, 200, {
        ...reply.identity,
        object: 'chat.completion',
        choices: null,
        base_resp: { status_code: 1002, status_msg: 'rate limit' },
      });
      return true;
    case 'cut-stream':
      cutOff(response, reply);
      return true;
    case 'length':
    case 'bad-json':
    case 'invented-quote':
      return false;
  }
}

/** Sends about half of the answer and closes the connection. */
function cutOff(response: ServerResponse, { completion, chat, identity }: Reply): void {
  const whole = chat.isStreaming
    ? streamFrames(completion, identity, chat).join('')
    : JSON.stringify(completionBody(completion, identity));
  const headers = chat.isStreaming ? streamHeaders : { 'content-type': 'application/json' };
  response.writeHead(200, headers);
  response.write(whole.slice(0, Math.floor(whole.length / 2)), () => response.socket?.destroy());
}

function sendError(response: ServerResponse, error: ChatError): void {
  const { status, message, type, code } = error;
  sendJson(response, status, { error: { message, type, code } });
}
