import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localTenantId, startLocalRuntime } from '#shared/runtime/local.ts';
import { localCatalog } from '#shared/runtime/user-workflows.ts';
import { viewEstimate } from '#shared/steps/tasks/view-task.ts';
import { type Options, readArguments, readParams, text } from './arguments.ts';
import { createApiClient } from './client.ts';
import { adoptFile } from './local-files.ts';
import { uploadFile } from './remote.ts';
import { simulatorNotice } from './run.ts';
import { UsageError } from './usage-error.ts';

export const estimateHelp = `quire estimate <workflow> <file…> [--param key=value]… [--params FILE.json] [--provider NAME] [--url URL]
  Prints, as JSON, what the task would take at the provider (the one that is tried first): calls, tokens, dollars and minutes, each low,
  expected and high. Nothing is asked. The files are read in this process and not stored; with --url they are uploaded to that server, which
  reads them and reckons with its own providers.`;

const options: Options = {
  param: { type: 'string', multiple: true },
  params: { type: 'string' },
  provider: { type: 'string' },
  url: { type: 'string' },
};

/** What the server is asked, but for the inputs. */
interface Request {
  readonly workflow: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly options: { readonly providers?: readonly string[] };
}

export async function estimate(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [workflow, ...files] = positionals;
  if (workflow === undefined || files.length === 0) {
    throw new UsageError('Expected a workflow and at least one file. See quire estimate --help.');
  }
  const provider = text(values, 'provider');
  const request = {
    workflow,
    params: await readParams(values),
    options: provider === undefined ? {} : { providers: [provider] },
  };
  const url = text(values, 'url');
  const told = await (url === undefined
    ? estimateHere(request, files)
    : estimateThere(url, request, files));
  process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
  return 0;
}

async function estimateThere(url: string, request: Request, files: readonly string[]) {
  const client = createApiClient(url);
  const inputs = await Promise.all(files.map((file) => uploadFile(client, file)));
  return client.post('/v1/estimates', { ...request, inputs });
}

async function estimateHere(request: Request, files: readonly string[]) {
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
      request: { ...request, inputs },
    });
    return viewEstimate(told);
  } finally {
    await runtime.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
