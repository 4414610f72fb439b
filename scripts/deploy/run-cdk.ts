import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DeployError } from './deploy-error.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cdk = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** Runs the CDK's command at this terminal, for the same region as everything else here. */
export async function runCdk(words: readonly string[], region: string): Promise<void> {
  const child = spawn(process.execPath, [cdk, ...words, '--no-notices'], {
    cwd: root,
    env: {
      ...process.env,
      AWS_REGION: region,
      // The CDK reads this one too, and it may name another.
      AWS_DEFAULT_REGION: region,
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  if (code === 0) return;
  throw new DeployError(
    `Expected cdk ${words[0]} to succeed, it ended with ${code}; its message is above.`,
    { code: 'cdk_failed' },
  );
}
