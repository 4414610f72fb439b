import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { localCatalog } from '#shared/runtime/user-workflows.ts';
import { viewEstimate } from '#shared/steps/tasks/view-task.ts';
import { type Options, readArguments, readParams, text } from './arguments.ts';
import { adoptFile } from './local-files.ts';
import { simulatorNotice } from './run.ts';
import { UsageError } from './usage-error.ts';

export const estimateHelp = `quire estimate <workflow> <file…> [--param key=value]… [--params FILE.json] [--provider NAME]
  Reads the files in this process and prints, as JSON, what the task would take at the provider (the one that is tried first): calls, tokens,
  dollars and minutes, each low, expected and high. Nothing is asked and nothing is stored.`;

const options: Options = {
  param: { type: 'string', multiple: true },
  params: { type: 'string' },
  provider: { type: 'string' },
};

export async function estimate(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [workflow, ...files] = positionals;
  if (workflow === undefined || files.length === 0) {
    throw new UsageError('Expected a workflow and at least one file. See quire estimate --help.');
  }
  const params = await readParams(values);
  const provider = text(values, 'provider');
  const dataDirectory = await mkdtemp(join(tmpdir(), 'quire-estimate-'));
  const runtime = await startLocalRuntime({
    dataDirectory,
    environment: process.env,
    catalog: localCatalog(process.env),
  });
  try {
    if (runtime.providers.isSimulated) process.stderr.write(`${simulatorNotice}\n`);
    const inputs = await Promise.all(
      files.map(async (file) => ({ uploadId: await adoptFile(runtime, file) })),
    );
    const told = await runtime.estimateSubmission({
      tenantId: localTenantId,
      request: {
        workflow,
        params,
        inputs,
        options: provider === undefined ? {} : { providers: [provider] },
      },
    });
    process.stdout.write(`${JSON.stringify(viewEstimate(told), undefined, 2)}\n`);
    return 0;
  } finally {
    await runtime.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
