import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SimulatorClock, systemClock } from './clock.ts';
import type { SimulatorContext, ToldLie } from './core/context.ts';
import type { Profile, ServiceName } from './core/question.ts';
import type { ThinkingMode } from './core/shape.ts';
import { createFaultPlan, type FaultPlan, type FaultRuleInput } from './faults.ts';
import type { CloudflareEnvelope } from './providers/cloudflare/envelope.ts';
import { createRandom } from './random.ts';
import { createRecorder, type Recorder, type SimulatorReport } from './report.ts';
import { createRouter, type Log } from './router.ts';
import { createProviderRoutes, type Route } from './routes.ts';
import { sendJson } from './send-json.ts';

export interface SimulatorOptions {
  /** A free one if absent. */
  readonly port?: number;
  /** How long each answer takes before its first byte; none if absent. */
  readonly latencyInMs?: { readonly low: number; readonly high: number };
  /** Of the latencies. */
  readonly seed?: number;
  readonly faults?: readonly FaultRuleInput[];
  /** As documented if absent. */
  readonly profile?: Profile;
  /** Where thinking appears; if absent, in the fields of the provider, and with the observed profile in tags. */
  readonly thinking?: ThinkingMode;
  /** How long it thinks before each answer, in tokens; a sentence if absent. */
  readonly thinkingTokens?: number;
  /** What Cloudflare's bodies come in; if absent, none for chat and the one with a state for run. */
  readonly cloudflareEnvelope?: CloudflareEnvelope;
  /** Gets a line of JSON for each request. */
  readonly log?: Log;
  readonly clock?: SimulatorClock;
  /** Hears of each answer that a fault has made say something else, as far as the provider answers at once. */
  readonly onLie?: (lie: ToldLie) => void;
}

export interface Simulator {
  readonly url: string;
  /** What a client of the OpenAI protocol takes as its base URL. */
  readonly baseUrl: string;
  /** What a client of each provider takes as its base URL. */
  readonly baseUrls: Readonly<Record<ServiceName, string>>;
  report(): SimulatorReport;
  close(): Promise<void>;
}

/** Starts a server on the loopback address that speaks the protocols of all providers and answers without any model. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const recorder = createRecorder();
  const faults = createFaultPlan(options.faults ?? []);
  const context = createContext(options, { recorder, faults });
  const providers = createProviderRoutes(context, { envelope: options.cloudflareEnvelope });
  const reset = () => {
    recorder.reset();
    faults.reset();
    providers.reset();
  };
  const routes = [...providers.routes, ...ownRoutes(recorder, reset)];
  const handle = createRouter(routes, options.log);
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  // Longer than any pause between two calls of a task, as providers' load balancers keep them.
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    baseUrl: `${url}/v1`,
    baseUrls: baseUrlsOf(url),
    report: () => recorder.report(),
    close() {
      providers.reset();
      return close(server);
    },
  };
}

function createContext(
  options: SimulatorOptions,
  { recorder, faults }: { recorder: Recorder; faults: FaultPlan },
): SimulatorContext {
  const clock = options.clock ?? systemClock;
  const profile = options.profile ?? 'strict';
  let arrivals = 0;
  return {
    recorder,
    faults,
    clock,
    profile,
    startedAtInMs: clock.now(),
    latencyInMs: options.latencyInMs ?? { low: 0, high: 0 },
    latencyRandom: createRandom(options.seed ?? 1),
    thinkingTokens: options.thinkingTokens ?? 0,
    thinking: options.thinking ?? (profile === 'strict' ? 'field' : 'tags'),
    onLie: options.onLie ?? (() => undefined),
    nextArrival: () => {
      arrivals += 1;
      return arrivals;
    },
  };
}

function ownRoutes(recorder: Recorder, reset: () => void): Route[] {
  return [
    {
      name: 'GET /health',
      handler: ({ response }) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      name: 'GET /__sim/report',
      handler: ({ response }) => sendJson(response, 200, recorder.report()),
    },
    {
      name: 'POST /__sim/reset',
      handler: ({ response }) => {
        reset();
        sendJson(response, 200, { status: 'reset' });
      },
    },
  ];
}

function baseUrlsOf(url: string): Record<ServiceName, string> {
  return {
    cloudflare: `${url}/cloudflare/client/v4`,
    runware: `${url}/runware/v1`,
    'runware-highspeed': `${url}/runware/v1`,
    empiriolabs: `${url}/empiriolabs/v1`,
    cloudsway: `${url}/cloudsway`,
  };
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
