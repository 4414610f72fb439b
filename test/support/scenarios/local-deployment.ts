import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { simulatorOptions } from '../../../scripts/stand-in/simulator-options.ts';
import { type QuireServer, quire, startServer } from '../quire-process.ts';
import type { Deployment } from './deployment.ts';
import { type HistoryEvent, historyOf } from './history.ts';
import { callApi } from './http.ts';
import { until } from './until.ts';

const webhookSecret = `whsec_${Buffer.from('a secret of 32 bytes for tests !').toString('base64')}`;
const adminKey = 'qk_0123456789abcdefghijklmnopqrstuvwxyz';

/** Quire as `npm start` runs it, in a process of its own over a folder of its own, with the simulator as its provider. */
export async function openLocalDeployment(
  environment: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-scenarios-'));
  const simulator = await startSimulator(simulatorOptions);
  const servers: QuireServer[] = [];
  const start = async () => {
    const options = { ...environmentOf(simulator), ...environment };
    servers.push(await startServer({ dataDirectory: folder, environment: options }));
  };
  await start();
  const server = () => servers.at(-1) as QuireServer;
  const url = () => server().url;
  const events = createEventList(folder);

  return {
    kind: 'local',
    url,
    adminKey,
    call: (method, path, options) =>
      callApi({ url: url(), key: adminKey }, { method, path }, options),
    cli: (commandLine) => quire(commandLine, { QUIRE_URL: url(), QUIRE_API_KEY: adminKey }),
    async putFile(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    readFile: (path) => readFile(join(folder, path)).catch(() => undefined),
    async deliverAgain(path) {
      const marker = join(dirname(join(folder, path)), '.done', `${path.split('/').at(-1)}.json`);
      await until(() => readFile(marker).catch(() => undefined));
      await rm(marker);
      // A file that looks changed is taken again, as a repeated event is.
      await utimes(join(folder, path), new Date(), new Date());
      await until(() => readFile(marker).catch(() => undefined));
    },
    async history(executionName) {
      const text = await readFile(join(folder, 'executions', `${executionName}.jsonl`), 'utf8');
      return historyOf(text.trimEnd().split('\n').map(eventOf));
    },
    async stopOutside() {
      await server().kill();
      await start();
    },
    logs: async () => servers.flatMap(({ logs }) => logs()),
    simulatorReport: async () => simulator.report(),
    publish: () => Promise.reject(new Error('One process has no event bus to publish to.')),
    webhookSecret: async () => webhookSecret,
    events,
    async close() {
      await server().stop();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function environmentOf(simulator: Simulator): Record<string, string> {
  return {
    QUIRE_API_KEY: adminKey,
    QUIRE_WEBHOOK_SECRET: webhookSecret,
    QUIRE_PROVIDERS: 'empiriolabs,runware',
    EMPIRIOLABS_API_KEY: 'sk-scenario-provider',
    EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
    EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
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

/** The local event bus writes what it is told into the data folder. */
function createEventList(folder: string): Deployment['events'] {
  return async () => {
    const text = await readFile(join(folder, 'events.jsonl'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };
}
