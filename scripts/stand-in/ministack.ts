import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Tried with this one; later ones may behave otherwise. */
const version = '1.5.33';
const installWithinInMs = 240_000;
const readyWithinInMs = 60_000;

/** An AWS on this machine, for the tests of the deployment. */
export interface StandIn {
  readonly endpoint: string;
  /** What the tools of AWS read to find it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Installs MiniStack from PyPI into the folder, once, and starts it on a free port. */
export async function startMiniStack(folder: string): Promise<StandIn> {
  await mkdir(folder, { recursive: true });
  const command = join(folder, 'venv', 'bin', 'ministack');
  if (!(await exists(command))) await install(folder);
  const port = await freePort();
  const child = spawn(command, [], {
    cwd: folder,
    env: { ...process.env, GATEWAY_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const endpoint = `http://localhost:${port}`;
  await waitUntilReady(child, endpoint);
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function install(folder: string): Promise<void> {
  const venv = join(folder, 'venv');
  const options = { timeout: installWithinInMs };
  await run('python3', ['-m', 'venv', venv], options);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', `ministack==${version}`], options);
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
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Expected MiniStack to answer within ${readyWithinInMs} ms.`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => (port === undefined ? reject(new Error('no port')) : resolve(port)));
    });
  });
}
