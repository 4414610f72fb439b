import { createInterface } from 'node:readline/promises';
import { openAccount, type StackContents } from './account.ts';
import { type DeployCommand, parseCommandLine } from './command-line.ts';
import { DeployError } from './deploy-error.ts';
import { keptList, type Leftover, removalPlan } from './leftovers.ts';
import { runCdk } from './run-cdk.ts';
import { applyProfile, runCommand } from './run-command.ts';
import { deleteStored, stillThere } from './stored.ts';

// `npm run destroy [-- --yes] [--everything [--confirm STACK]]`: removes the stack, and with --everything also what that keeps.

await runCommand(async () => {
  const command = parseCommandLine('destroy', process.argv.slice(2));
  const { stackName } = command;
  applyProfile(command);
  const account = openAccount();
  const { account: accountId, region } = await account.identify();
  const stack = await account.findStack(stackName);
  const earlier = await stillThere(await account.leftoversOfRemoved(stackName));
  const leftovers = [...earlier, ...(stack?.leftovers ?? [])];

  console.log(`${stackName} in ${region}, account ${accountId}\n`);
  console.log(plan(command, stack, leftovers));
  if (stack === undefined && !(command.isEverything && leftovers.length > 0)) return;
  await confirm(command);
  if (stack !== undefined) {
    await runCdk(['destroy', stackName, '--force', ...command.contextOptions], region);
    console.log(`\n${stackName} is removed.`);
  }
  if (command.isEverything) {
    await deleteStored(leftovers, (line) => console.log(`  ${line}`));
  } else if (leftovers.length > 0) {
    console.log('To delete what stays, for good: npm run destroy -- --everything');
  }
});

function plan(
  { stackName, isEverything }: DeployCommand,
  stack: StackContents | undefined,
  leftovers: readonly Leftover[],
): string {
  const kept = keptList(leftovers, isEverything);
  if (stack === undefined) return `There is no stack ${stackName}.\n\n${kept}`;
  return `${removalPlan(stack)}\n\n${kept}`;
}

/** To remove the stack takes a yes; to delete what it keeps, its name, since there is no way back. */
async function confirm({
  stackName,
  isSure,
  isEverything,
  confirmed,
}: DeployCommand): Promise<void> {
  if (isEverything) {
    const typed = confirmed ?? (await ask(`Type ${stackName} to delete all of this: `));
    if (typed === stackName) return;
  } else if (isSure || /^y(es)?$/i.test(await ask(`Remove ${stackName}? [y/N] `))) return;
  throw new DeployError('Nothing was removed.', { code: 'not_confirmed' });
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new DeployError(
      'Expected a terminal to ask at, found none; add --yes, or --confirm with the name of the stack. Nothing was removed.',
      { code: 'not_confirmed' },
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`\n${question}`)).trim();
  } finally {
    terminal.close();
  }
}
