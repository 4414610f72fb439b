import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startLocalRuntime } from '#shared/runtime/local.ts';
import { createStandardLogger } from '#shared/runtime/standard-logger.ts';
import { localCatalog } from '#shared/runtime/user-workflows.ts';
import { type Options, readArguments, text } from './arguments.ts';
import { watchInbox } from './inbox.ts';
import { simulatorNotice } from './run.ts';
import { stopSignal } from './serve.ts';
import { UsageError } from './usage-error.ts';

export const watchHelp = `quire watch <workflow> [--data DIR]
  Watches DIR/inbox/<workflow>/ (default: .quire) without serving the API. Results go to DIR/outbox/<workflow>/<file>/.
  Parameters for all files stand in DIR/inbox/<workflow>/quire.json: {"params": {…}}.`;

const options: Options = { data: { type: 'string' } };

export async function watch(commandLine: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(commandLine, options);
  const [workflow] = positionals;
  const catalog = localCatalog(process.env);
  if (workflow === undefined || catalog.findWorkflow(workflow) === undefined) {
    throw new UsageError('Expected the id of a workflow. See quire watch --help.');
  }
  const dataDirectory = text(values, 'data') ?? '.quire';
  const folders = { inbox: join(dataDirectory, 'inbox'), outbox: join(dataDirectory, 'outbox') };
  await mkdir(join(folders.inbox, workflow), { recursive: true });
  const logger = createStandardLogger();
  const runtime = await startLocalRuntime({
    dataDirectory,
    environment: process.env,
    catalog,
    logger,
  });
  if (runtime.providers.isSimulated) process.stderr.write(`${simulatorNotice}\n`);
  const inbox = watchInbox(runtime, folders);
  process.stdout.write(`${JSON.stringify({ inbox: join(folders.inbox, workflow) })}\n`);
  await stopSignal();
  await inbox.stop();
  await runtime.close();
  return 0;
}
