import { once } from 'node:events';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { startLocalRuntime } from '#shared/runtime/local.ts';
import { createLocalApi } from '#shared/runtime/local-api.ts';
import { createStandardLogger } from '#shared/runtime/standard-logger.ts';
import { localCatalog } from '#shared/runtime/user-workflows.ts';
import { type Options, readArguments, text, wholeNumber } from './arguments.ts';
import { watchInbox } from './inbox.ts';
import { simulatorNotice } from './run.ts';

export const serveHelp = `quire serve [--port N] [--data DIR]
  Serves the REST API on 127.0.0.1 and watches DIR/inbox/<workflow>/ for files. Prints one JSON line with its URL when it is ready.
  A start on the same DIR carries every unfinished task on.

  --port N     0 for any free port (default: 8787)
  --data DIR   state, files, inbox and outbox (default: .quire)

  With QUIRE_API_KEY set, requests need it as a bearer token, or a key that was made with it (quire keys).`;

const options: Options = { port: { type: 'string' }, data: { type: 'string' } };

export async function serve(commandLine: readonly string[]): Promise<number> {
  const { values } = readArguments(commandLine, options);
  const port = wholeNumber(values, 'port', { min: 0, max: 65_535, fallback: 8_787 });
  const dataDirectory = text(values, 'data') ?? '.quire';
  const logger = createStandardLogger();
  const runtime = await startLocalRuntime({
    dataDirectory,
    environment: process.env,
    catalog: localCatalog(process.env),
    logger,
    takesDeliveries: true,
  });
  if (runtime.providers.isSimulated) process.stderr.write(`${simulatorNotice}\n`);

  let url = '';
  const apiKey = process.env['QUIRE_API_KEY'];
  const api = await createLocalApi(runtime, { dataDirectory, publicUrl: () => url, apiKey });
  const server = createAdaptorServer({ fetch: api.fetch });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  const inbox = watchInbox(runtime, {
    inbox: join(dataDirectory, 'inbox'),
    outbox: join(dataDirectory, 'outbox'),
  });
  const { names, isSimulated } = runtime.providers;
  process.stdout.write(
    `${JSON.stringify({ url, data: dataDirectory, providers: names, simulated: isSimulated })}\n`,
  );

  await stopSignal();
  await inbox.stop();
  server.close();
  await runtime.close();
  return 0;
}

/** Resolves at SIGTERM or Ctrl-C. */
export async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
