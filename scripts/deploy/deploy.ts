import { readFile } from 'node:fs/promises';
import { type Account, openAccount } from './account.ts';
import { type DeployCommand, parseCommandLine } from './command-line.ts';
import { nextSteps, type Outputs } from './next-steps.ts';
import { runCdk } from './run-cdk.ts';
import { applyProfile, runCommand } from './run-command.ts';

// `npm run deploy [-- -c setting=value …] [--profile NAME] [--yes]`: from credentials to the first command.

const outputsFile = 'cdk.out/outputs.json';

await runCommand(async () => {
  const command = parseCommandLine('deploy', process.argv.slice(2));
  applyProfile(command);
  const account = openAccount();
  const { account: accountId, region } = await account.identify();
  console.error(`Deploying ${command.stackName} to ${region}, account ${accountId} …`);
  await bootstrapOnce(account, { accountId, region });
  await runCdk(deployWords(command), region);
  const outputs = await readOutputs(command.stackName);
  const { stackName, settings } = command;
  console.log(
    `\n${nextSteps({ outputs, stackName, account: accountId, region, providers: settings.providers })}`,
  );
});

/** The CDK keeps a bucket and roles of its own in each account and region, made once. */
async function bootstrapOnce(
  account: Account,
  { accountId, region }: { accountId: string; region: string },
): Promise<void> {
  if (await account.isBootstrapped()) return;
  console.error(
    'The CDK has not been used in this account and region: running `cdk bootstrap` first, once. It makes a stack CDKToolkit with a bucket and roles for deployments.',
  );
  await runCdk(['bootstrap', `aws://${accountId}/${region}`], region);
}

function deployWords({ stackName, contextOptions, isSure }: DeployCommand): readonly string[] {
  const approval = isSure ? ['--require-approval', 'never'] : [];
  return ['deploy', stackName, '--outputs-file', outputsFile, ...approval, ...contextOptions];
}

async function readOutputs(stackName: string): Promise<Outputs> {
  const file = new URL(`../../${outputsFile}`, import.meta.url);
  const byStack: Record<string, Outputs> = JSON.parse(await readFile(file, 'utf8'));
  return byStack[stackName] ?? {};
}
