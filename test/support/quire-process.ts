import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../shared/cli/quire.mjs', import.meta.url));

/** Environment of a newcomer: no key, no setting of ours. */
function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, LANG: 'C.UTF-8', ...extra };
}

export interface QuireServer {
  readonly url: string;
  /** Everything that it has written so far, its log above all. */
  output(): string;
  /** Its log so far, line by line. */
  log(): readonly Readonly<Record<string, unknown>>[];
  /** The same lines as text. */
  logs(): string[];
  /** SIGKILL: nothing is written, nothing is closed. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `quire serve` as a process of its own and waits for its line. */
export async function startServer(options: {
  dataDirectory: string;
  environment?: Record<string, string>;
}): Promise<QuireServer> {
  const child = spawn(
    process.execPath,
    [bin, 'serve', '--port', '0', '--data', options.dataDirectory],
    { env: cleanEnvironment(options.environment ?? {}), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data) => {
    output += data;
  });
  child.stderr?.on('data', (data) => {
    output += data;
    errors += data;
  });
  const logs = () => errors.split('\n').filter((line) => line !== '');
  const url = await firstUrl(child);
  return {
    url,
    output: () => output,
    log: () => logs().flatMap((line) => (line.startsWith('{') ? JSON.parse(line) : [])),
    logs,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await once(child, 'close');
      return code;
    },
  };
}

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let errors = '';
    child.stderr?.on('data', (data) => {
      errors += data;
    });
    child.stdout?.on('data', (data) => {
      output += data;
      const line = output.split('\n').find((each) => each.includes('"url"'));
      if (line !== undefined) resolve(JSON.parse(line).url);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)));
  });
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a `quire` command to its end, with what is piped into it. */
export async function quire(
  commandLine: readonly string[],
  environment: Record<string, string> = {},
  input = '',
): Promise<CommandResult> {
  const child = spawn(process.execPath, [bin, ...commandLine], {
    env: cleanEnvironment(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that reads nothing may be over before the pipe is.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}
