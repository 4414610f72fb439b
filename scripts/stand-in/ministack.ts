import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { installPythonCommand } from './python.ts';

/** Tried with this one; later ones may behave otherwise. */
const version = '1.5.33';
const readyWithinInMs = 60_000;
const lookEveryInMs = 200;

/** An AWS on this machine, for the tests of the deployment. */
export interface StandIn {
  readonly endpoint: string;
  /** What the tools of AWS read to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it writes what it does. */
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Installs MiniStack from PyPI into the folder, once, and starts it on a free loopback port. */
export async function startMiniStack(folder: string): Promise<StandIn> {
  const command = await installPythonCommand(join(folder, 'python'), {
    name: 'ministack',
    version,
  });
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const logFile = join(folder, 'ministack.log');
  const output = await open(logFile, 'w');
  const child = spawn(command, [], {
    cwd: folder,
    // A group of its own, so that the functions that it runs end with it, and Ctrl-C reaches it only through us.
    detached: true,
    env: { ...process.env, GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1' },
    stdio: ['ignore', output.fd, output.fd],
  });
  await output.close();
  const stop = () => endGroup(child);
  try {
    await waitUntilReady(child, endpoint);
  } catch (error) {
    await stop();
    const log = await tailOf(logFile);
    throw new Error(`${String(error)} Its log ends with:\n${log}`, { cause: error });
  }
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
    },
    logFile,
    stop,
  };
}

/** The last lines of a file, for a message. */
export async function tailOf(file: string, lines = 40): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

async function waitUntilReady(child: ChildProcess, endpoint: string): Promise<void> {
  const untilInMs = Date.now() + readyWithinInMs;
  while (Date.now() < untilInMs) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with ${child.exitCode}.`);
    const isReady = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryInMs));
  }
  throw new Error(`Expected MiniStack to answer within ${readyWithinInMs} ms.`);
}
