import type { DeployCommand } from './command-line.ts';
import { DeployError } from './deploy-error.ts';

/** Runs a command: what stands in its way is told in a sentence, what nobody expected with its stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isExpected = error instanceof DeployError;
    console.error(isExpected ? error.message : error);
    process.exitCode = isExpected && error.code === 'bad_usage' ? 2 : 1;
  }
}

/** Lets the SDK look where the command line of AWS and the CDK look: a named profile, and the older name of the region. */
export function applyProfile({ profile }: DeployCommand): void {
  const { env } = process;
  if (profile !== undefined) env['AWS_PROFILE'] = profile;
  const older = env['AWS_DEFAULT_REGION'];
  if (env['AWS_REGION'] === undefined && older !== undefined) env['AWS_REGION'] = older;
}
