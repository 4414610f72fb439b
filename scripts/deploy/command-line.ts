import { parseArgs } from 'node:util';
import { parseSettings, type Settings } from '../../infra/settings.ts';
import { cdkContext } from '../cdk-context.ts';
import { DeployError } from './deploy-error.ts';

/** What the two commands are told. */
export interface DeployCommand {
  readonly settings: Settings;
  readonly stackName: string;
  /** The settings as `cdk` takes them. */
  readonly contextOptions: readonly string[];
  readonly profile?: string | undefined;
  /** Asks nothing. */
  readonly isSure: boolean;
  /** Also removes what a removal keeps; `destroy` only. */
  readonly isEverything: boolean;
  /** The name of the stack, typed beforehand; `destroy` only. */
  readonly confirmed?: string | undefined;
}

const common = {
  context: { type: 'string', short: 'c', multiple: true },
  profile: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
} as const;
const ofDestroy = { everything: { type: 'boolean' }, confirm: { type: 'string' } } as const;

/** Reads the words after `npm run deploy --` or `npm run destroy --`, and checks the settings before anything is asked of AWS. */
export function parseCommandLine(
  command: 'deploy' | 'destroy',
  words: readonly string[],
): DeployCommand {
  const values = parsed(command, words);
  const context = values.context ?? [];
  const settings = checked(context);
  return {
    settings,
    stackName: `quire-${settings.stage}`,
    contextOptions: context.flatMap((each) => ['-c', each]),
    profile: values.profile,
    isSure: values.yes ?? false,
    isEverything: values.everything ?? false,
    confirmed: values.confirm,
  };
}

interface Values {
  readonly context?: string[] | undefined;
  readonly profile?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly everything?: boolean | undefined;
  readonly confirm?: string | undefined;
}

function parsed(command: 'deploy' | 'destroy', words: readonly string[]): Values {
  const options = command === 'deploy' ? common : { ...common, ...ofDestroy };
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    const more = command === 'deploy' ? '' : ' [--everything [--confirm STACK]]';
    throw new DeployError(
      `Usage: npm run ${command} -- [-c setting=value]… [--profile NAME] [--yes]${more}`,
      { code: 'bad_usage', cause: error },
    );
  }
}

function checked(context: readonly string[]): Settings {
  try {
    return parseSettings(cdkContext(context));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DeployError(message, { code: 'bad_usage', cause: error });
  }
}
