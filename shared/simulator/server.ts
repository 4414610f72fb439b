import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatCompletions } from './chat-completions.ts';
import { simulatedModel } from './chat-request.ts';
import { type SimulatorClock, systemClock } from './clock.ts';
import { createFaultPlan, type FaultRuleInput } from './faults.ts';
import { createRandom } from './random.ts';
import { createRecorder, type SimulatorReport } from './report.ts';
import { sendJson } from './send-json.ts';
import type { ThinkingMode } from './thinking.ts';

export interface SimulatorOptions {
  /** A free one if absent. */
  readonly port?: number;
  /** How long each answer takes before its first byte; none if absent. */
  readonly latencyInMs?: { readonly low: number; readonly high: number };
  /** Of the latencies. */
  readonly seed?: number;
  readonly faults?: readonly FaultRuleInput[];
  /** Where thinking appears; in `reasoning_content` if absent. */
  readonly thinking?: ThinkingMode;
  readonly clock?: SimulatorClock;
}

export interface Simulator {
  readonly url: string;
  /** What a client of the OpenAI protocol takes as its base URL. */
  readonly baseUrl: string;
  report(): SimulatorReport;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Starts a server on the loopback address that speaks a provider's protocol and answers without any model. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const recorder = createRecorder();
  const faults = createFaultPlan(options.faults ?? []);
  const clock = options.clock ?? systemClock;
  const chatCompletions = createChatCompletions({
    recorder,
    faults,
    clock,
    startedAtInMs: clock.now(),
    latencyInMs: options.latencyInMs ?? { low: 0, high: 0 },
    latencyRandom: createRandom(options.seed ?? 1),
    thinkingMode: options.thinking ?? 'field',
  });
  const model = { id: simulatedModel, object: 'model', owned_by: 'simulator' };
  const routes: Readonly<Record<string, Handler>> = {
    'POST /v1/chat/completions': chatCompletions,
    'GET /v1/models': (_, response) => sendJson(response, 200, { object: 'list', data: [model] }),
    'GET /health': (_, response) => sendJson(response, 200, { status: 'ok' }),
    'GET /__sim/report': (_, response) => sendJson(response, 200, recorder.report()),
    'POST /__sim/reset': (_, response) => {
      recorder.reset();
      faults.reset();
      sendJson(response, 200, { status: 'reset' });
    },
  };
  const server = createServer((request, response) => {
    void route(routes, request, response);
  });
  // Longer than any pause between two calls of a task, as providers' load balancers keep them.
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  return { url, baseUrl: `${url}/v1`, report: () => recorder.report(), close: () => close(server) };
}

async function route(
  routes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  const handler = routes[`${request.method} ${path}`];
  if (handler === undefined) {
    request.resume();
    const error = { message: 'Not found', type: 'invalid_request_error', code: 'not_found' };
    sendJson(response, 404, { error });
    return;
  }
  try {
    await handler(request, response);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    process.stderr.write(`The simulator failed on ${request.method} ${path}: ${name}\n`);
    response.destroy();
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
