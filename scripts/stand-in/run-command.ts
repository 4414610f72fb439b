import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly withinInMs: number;
}

/** How much of a failed command's output its error repeats. */
const tailInCharacters = 4_000;

/** Runs a command to its end. Where it fails or takes too long, the error carries the end of what it printed. */
export async function runCommand(
  command: string,
  commandLine: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const name = [command, ...commandLine.slice(0, 3)].join(' ');
  const child = spawn(command, commandLine, {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.withinInMs,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  const [code, signal] = await once(child, 'close');
  if (code === 0) return output;
  const how =
    signal === 'SIGTERM'
      ? `was stopped, at the latest after ${options.withinInMs} ms`
      : `ended with ${code}`;
  throw new Error(`“${name}” ${how}:\n${output.slice(-tailInCharacters)}`);
}
