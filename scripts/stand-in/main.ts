import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { apiUrlIn, createFetchInto } from './api-urls.ts';
import { deployStack, type Outputs } from './deploy.ts';
import { type StandIn, startMiniStack, tailOf } from './ministack.ts';
import { scenarioEventSource, simulatorOptions } from './simulator-options.ts';

// `npm run e2e`: deploys the stack to an AWS stand-in on this machine and drives it from outside.
// `npm run e2e -- --keep` leaves it running afterwards, until Ctrl-C; every other option goes to Jest.

const folder = fileURLToPath(new URL('../../.stand-in/', import.meta.url));
const targetFile = join(folder, 'target.json');
const jest = fileURLToPath(new URL('../run-jest.mjs', import.meta.url));
const commandLine = process.argv.slice(2);
const isKept = commandLine.includes('--keep');
const stopping = new AbortController();
const closers: (() => Promise<void>)[] = [];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopping.abort(new Error(`Stopped by ${signal}.`)));
}

try {
  await mkdir(folder, { recursive: true });
  process.exitCode = await Promise.race([work(), whenStopped()]);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  for (const close of closers.reverse()) await close();
}
// A command that was broken off may still hold a pipe.
process.exit();

async function work(): Promise<number> {
  const standIn = await timed('started the stand-in', () => startMiniStack(folder));
  closers.push(standIn.stop);
  globalThis.fetch = createFetchInto(standIn.endpoint, globalThis.fetch);
  const simulator = await startSimulator(simulatorOptions);
  closers.push(simulator.close);
  const outputs = await timed('deployed', () => deploy(standIn, simulator));
  const { endpoint } = standIn;
  await writeFile(targetFile, JSON.stringify({ outputs, endpoint, simulatorUrl: simulator.url }));

  const code = await timed('ran the scenarios', runScenarios);
  if (code !== 0) {
    say(
      `The log of the stand-in (${standIn.logFile}) ends with:\n${await tailOf(standIn.logFile)}`,
    );
  }
  if (!isKept) return code;
  sayHowToUse(standIn, outputs);
  await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));
  return code;
}

function deploy(standIn: StandIn, simulator: Simulator): Promise<Outputs> {
  return deployStack(standIn.environment, {
    folder,
    settings: {
      // Only this stage may be told that callers are on the machine of the functions.
      stage: 'test',
      allowLoopbackUrls: 'true',
      // A key counts as revoked at once.
      authCacheSeconds: '0',
      eventSources: scenarioEventSource,
      runwareWebhooks: 'on',
      // The stand-in knows no alarm on an expression of several metrics.
      alarms: 'off',
      providers: 'empiriolabs,runware',
      providerVariables: JSON.stringify({
        EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
        EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
        EMPIRIOLABS_TOKENS_PER_MINUTE: '100000000',
        EMPIRIOLABS_MAX_IN_FLIGHT: '4',
        RUNWARE_BASE_URL: simulator.baseUrls.runware,
        RUNWARE_REQUESTS_PER_MINUTE: '60000',
      }),
    },
  });
}

/** In a process of its own: the simulator answers from this one. */
async function runScenarios(): Promise<number> {
  const options = commandLine.filter((option) => option !== '--keep');
  const child = spawn(process.execPath, [jest, ...options], {
    env: { ...process.env, QUIRE_STAND_IN: targetFile },
    stdio: 'inherit',
  });
  closers.push(async () => {
    child.kill();
  });
  const [code] = await once(child, 'close');
  return code ?? 1;
}

function sayHowToUse({ endpoint, environment }: StandIn, outputs: Outputs): void {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  say('The stand-in keeps running until Ctrl-C. In another shell:');
  say(lines.join('\n'));
  say(`export QUIRE_URL=${apiUrlIn(endpoint, outputs['ApiUrl'] ?? '')}`);
  say(`export QUIRE_STAND_IN=${targetFile}   # then: node scripts/run-jest.mjs -t 'a scenario'`);
}

async function timed<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const startedAtInMs = Date.now();
  const result = await run();
  say(`${what} in ${((Date.now() - startedAtInMs) / 1_000).toFixed(1)} s`);
  return result;
}

function whenStopped(): Promise<number> {
  return new Promise((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(isKept ? 0 : 130));
  });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
