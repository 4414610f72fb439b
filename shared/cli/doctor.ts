import { access, constants, mkdir } from 'node:fs/promises';
import { credentialsIn, credentialVariables } from '#shared/domain/provider-variables.ts';
import {
  type ConfigurableProvider,
  configurableProviders,
  providerSettings,
} from '#shared/runtime/provider-settings.ts';
import { type Options, readArguments, text } from './arguments.ts';

export const doctorHelp = `quire doctor [--data DIR]
  Checks what a local run needs: Node, the data folder, provider keys (never printed) and whether the providers answer.`;

const options: Options = { data: { type: 'string' } };
const answerWithinInMs = 5_000;

interface Finding {
  readonly isGood: boolean;
  readonly sentence: string;
}

export async function doctor(commandLine: readonly string[]): Promise<number> {
  const { values } = readArguments(commandLine, options);
  const findings = [
    nodeFinding(),
    await folderFinding(text(values, 'data') ?? '.quire'),
    ...(await providerFindings()),
  ];
  for (const { isGood, sentence } of findings)
    process.stdout.write(`${isGood ? 'ok  ' : 'FAIL'} ${sentence}\n`);
  return findings.every((finding) => finding.isGood) ? 0 : 4;
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = major > 20 || (major === 20 && minor >= 19);
  return { isGood, sentence: `Node ${process.versions.node} (20.19 or newer is needed)` };
}

async function folderFinding(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { isGood: true, sentence: `the data folder ${folder} can be written` };
  } catch {
    return {
      isGood: false,
      sentence: `the data folder ${folder} cannot be written; give another with --data`,
    };
  }
}

async function providerFindings(): Promise<Finding[]> {
  const keyOf = (provider: ConfigurableProvider) => credentialsIn(provider, process.env)?.apiKey;
  const keys = configurableProviders.map((provider) => ({
    isGood: true,
    sentence: `${provider}: ${credentialVariables[provider].apiKey} is ${keyOf(provider) === undefined ? 'not set' : 'set'}`,
  }));
  const settings = providerSettings(process.env, (provider) => keyOf(provider) !== undefined);
  if (settings.length === 0) {
    return [
      ...keys,
      { isGood: true, sentence: 'no provider is configured: the built-in simulator answers' },
    ];
  }
  const reached = await Promise.all(
    settings.map(async ({ profile, baseUrl }) => {
      const provider = configurableProviders.find((each) => each === profile.name);
      const key = provider === undefined ? undefined : keyOf(provider);
      const status = await statusOf(`${baseUrl}/models`, key ?? '');
      // Not every provider lists its models: any answer but a refusal of the key shows that it is there.
      const isGood = status !== undefined && status !== 401 && status !== 403;
      return {
        isGood,
        sentence: `${profile.title} at ${baseUrl} answers ${status ?? 'nothing'}`,
      };
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
