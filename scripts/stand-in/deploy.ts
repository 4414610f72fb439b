import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const deployWithinInMs = 400_000;

/** Outputs of the stack by their names. */
export type Outputs = Readonly<Record<string, string>>;

/** `cdk bootstrap` and `cdk deploy` of the unchanged app, with settings as a user gives them with `-c`. */
export async function deployStack(
  environment: Readonly<Record<string, string>>,
  options: { folder: string; settings: Readonly<Record<string, string>> },
): Promise<Outputs> {
  const outputs = join(options.folder, 'outputs.json');
  const context = Object.entries(options.settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const quiet = ['--no-notices', '-o', join(options.folder, 'cdk.out')];
  await cdk(['bootstrap', 'aws://000000000000/us-east-1', ...quiet], environment);
  await cdk(
    ['deploy', '--require-approval', 'never', '--outputs-file', outputs, ...quiet, ...context],
    environment,
  );
  const byStack: Record<string, Outputs> = JSON.parse(await readFile(outputs, 'utf8'));
  return Object.values(byStack)[0] ?? {};
}

async function cdk(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn('npx', ['cdk', ...commandLine], {
    env: { ...process.env, ...environment, CDK_DISABLE_CLI_TELEMETRY: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: deployWithinInMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`cdk ${commandLine[0]} ended with ${code}:\n${output.slice(-4_000)}`);
  }
}
