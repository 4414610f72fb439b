import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { simulatorOptions } from '../../../scripts/stand-in/simulator-options.ts';
import { quire, startServer } from '../quire-process.ts';
import type { Deployment } from './deployment.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import { callApi } from './http.ts';

const adminKey = 'qk_0123456789abcdefghijklmnopqrstuvwxyz';

/** Quire as `npm start` runs it, in a process of its own over a folder of its own, with the simulator as its provider. */
export async function openLocalDeployment(
  environment: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scenarios-'));
  const simulator = await startSimulator(simulatorOptions);
  const server = await startServer({
    dataDirectory: folder,
    environment: { ...environmentOf(simulator), ...environment },
  });
  const { url } = server;

  return {
    kind: 'local',
    url: () => url,
    adminKey,
    call: (method, path, options) => callApi({ url, key: adminKey }, { method, path }, options),
    cli: (commandLine) => quire(commandLine, { QUIRE_URL: url, QUIRE_API_KEY: adminKey }),
    async putFile(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    readFile: (path) => readFile(join(folder, path)).catch(() => undefined),
    deliverAgain: () => Promise.reject(new Error('A folder delivers no events.')),
    async history(executionName) {
      const text = await readFile(join(folder, 'executions', `${executionName}.jsonl`), 'utf8');
      return historyOf(text.trimEnd().split('\n').map(eventOf));
    },
    stopOutside: () => Promise.reject(new Error('Only the whole process can be stopped.')),
    logs: async () => server.logs(),
    simulatorReport: async () => simulator.report(),
    publish: () => Promise.reject(new Error('One process has no event bus to publish to.')),
    events: () => Promise.reject(new Error('Events stay in the process.')),
    async close() {
      await server.stop();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function environmentOf(simulator: Simulator): Record<string, string> {
  return {
    QUIRE_API_KEY: adminKey,
    QUIRE_ALLOW_HTTP_URLS: 'loopback',
    QUIRE_PROVIDERS: 'empiriolabs,runware',
    EMPIRIOLABS_API_KEY: 'sk-scenario-provider',
    EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
    EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
    EMPIRIOLABS_TOKENS_PER_MINUTE: '100000000',
    EMPIRIOLABS_MAX_IN_FLIGHT: '4',
    RUNWARE_API_KEY: 'sk-scenario-provider',
    RUNWARE_BASE_URL: simulator.baseUrls.runware,
    RUNWARE_REQUESTS_PER_MINUTE: '60000',
  };
}

const kinds: Readonly<Record<string, HistoryEvent['kind']>> = {
  ExecutionStarted: 'started',
  StateEntered: 'entered',
  StateExited: 'left',
};
const ends: Readonly<Record<string, string>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
};

/** A line of the history that the local engine writes. */
function eventOf(line: string): HistoryEvent {
  const { type, state, stateType, index, input, output } = JSON.parse(line);
  const isInside = index !== undefined;
  const end = ends[type];
  if (end !== undefined) return { kind: 'ended', isInside, value: end };
  const isReturn = type === 'StateExited' && isInside && stateType === 'Task';
  const kind = isReturn ? 'returned' : (kinds[type] ?? 'other');
  return { kind, name: state, isInside, value: kind === 'started' ? input : output };
}
