import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

const bootstrapWithinInMs = 120_000;
const deployWithinInMs = 400_000;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Outputs of the stack by their names. */
export type Outputs = Readonly<Record<string, string>>;

/** `cdk bootstrap` and `cdk deploy` of the unchanged app, with settings as a user gives them with `-c`. */
export async function deployStack(
  environment: Readonly<Record<string, string>>,
  options: { folder: string; settings: Readonly<Record<string, string>> },
): Promise<Outputs> {
  const { folder, settings } = options;
  const outputs = join(folder, 'outputs.json');
  const context = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const cdk = async (commandLine: readonly string[], withinInMs: number) => {
    const all = ['cdk', ...commandLine, '--no-notices', '-o', join(folder, 'cdk.out')];
    await runCommand('npx', all, {
      cwd: root,
      environment: { ...environment, CDK_DISABLE_CLI_TELEMETRY: '1' },
      withinInMs,
    });
  };
  // Without the app: what is bootstrapped is the account, and a synthesis is spared.
  await cdk(['bootstrap', 'aws://000000000000/us-east-1', '--app', ''], bootstrapWithinInMs);
  await cdk(
    ['deploy', '--require-approval', 'never', '--outputs-file', outputs, ...context],
    deployWithinInMs,
  );
  const byStack: Record<string, Outputs> = JSON.parse(await readFile(outputs, 'utf8'));
  return Object.values(byStack)[0] ?? {};
}
