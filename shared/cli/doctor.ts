import { access, constants, mkdir } from 'node:fs/promises';
import { credentialsIn, credentialVariables } from '#shared/domain/provider-variables.ts';
import type { Finding } from '#shared/runtime/inspect-stack.ts';
import {
  type ConfigurableProvider,
  configurableProviders,
  providerSettings,
} from '#shared/runtime/provider-settings.ts';
import { type Options, readArguments, text } from './arguments.ts';

export const doctorHelp = `quire doctor [--data DIR] [--json]
quire doctor --stack NAME [--region REGION] [--json]
  Checks what a local run needs: Node, the data folder, provider keys (never printed) and whether the providers answer.
  With --stack it looks at a deployed stack with your AWS credentials: outputs, keys, quotas, state machines, alarms, dead letters, the API.
  Exit code 4 if something is wrong.`;

const options: Options = {
  data: { type: 'string' },
  stack: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean' },
};
const answerWithinInMs = 5_000;

const labels = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

export async function doctor(commandLine: readonly string[]): Promise<number> {
  const { values } = readArguments(commandLine, options);
  const stackName = text(values, 'stack');
  const findings =
    stackName === undefined
      ? await localFindings(text(values, 'data') ?? '.quire')
      : await stackFindings(stackName, text(values, 'region'));
  const isGood = findings.every(({ level }) => level !== 'fail');
  if (values['json'] === true) {
    process.stdout.write(`${JSON.stringify({ isGood, findings })}\n`);
  } else {
    for (const { level, sentence } of findings)
      process.stdout.write(`${labels[level]} ${sentence}\n`);
  }
  return isGood ? 0 : 4;
}

/** Loaded only where it is asked for: the clients of AWS take longer to load than all other commands together. */
async function stackFindings(
  stackName: string,
  region: string | undefined,
): Promise<readonly Finding[]> {
  const { inspectStack } = await import('#shared/runtime/inspect-stack.ts');
  return await inspectStack({ stackName, region });
}

async function localFindings(folder: string): Promise<readonly Finding[]> {
  return [nodeFinding(), await folderFinding(folder), ...(await providerFindings())];
}

function judge(isGood: boolean, sentence: string): Finding {
  return { level: isGood ? 'ok' : 'fail', sentence };
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = major > 20 || (major === 20 && minor >= 19);
  return judge(isGood, `Node ${process.versions.node} (20.19 or newer is needed)`);
}

async function folderFinding(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return judge(true, `the data folder ${folder} can be written`);
  } catch {
    return judge(false, `the data folder ${folder} cannot be written; give another with --data`);
  }
}

async function providerFindings(): Promise<Finding[]> {
  const keyOf = (provider: ConfigurableProvider) => credentialsIn(provider, process.env)?.apiKey;
  const keys = configurableProviders.map((provider) => {
    const standing = keyOf(provider) === undefined ? 'not set' : 'set';
    return judge(true, `${provider}: ${credentialVariables[provider].apiKey} is ${standing}`);
  });
  const settings = providerSettings(process.env, (provider) => keyOf(provider) !== undefined);
  if (settings.length === 0) {
    return [...keys, judge(true, 'no provider is configured: the built-in simulator answers')];
  }
  const reached = await Promise.all(
    settings.map(async ({ profile, baseUrl }) => {
      const provider = configurableProviders.find((each) => each === profile.name);
      const key = provider === undefined ? undefined : keyOf(provider);
      const status = await statusOf(`${baseUrl}/models`, key ?? '');
      // Not every provider lists its models: any answer but a refusal of the key shows that it is there.
      const isGood = status !== undefined && status !== 401 && status !== 403;
      return judge(isGood, `${profile.title} at ${baseUrl} answers ${status ?? 'nothing'}`);
    }),
  );
  return [...keys, ...reached];
}

async function statusOf(url: string, key: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(answerWithinInMs),
    });
    return response.status;
  } catch {
    return undefined;
  }
}
