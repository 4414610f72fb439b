import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import type { DynamoOptions } from '#shared/adapters/aws/dynamo/table.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { freePort } from '../../scripts/stand-in/free-port.ts';

interface RunningServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** A server that speaks DynamoDB's protocol. `skipped` says why it cannot run here. */
export interface DynamoServer {
  readonly name: string;
  readonly skipped: string | undefined;
  start(): Promise<RunningServer>;
}

const dynoxidePath = fileURLToPath(
  new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url),
);

export const dynamoServers: readonly DynamoServer[] = [
  { name: 'dynalite', skipped: undefined, start: () => startLocalDynamo() },
  {
    name: 'dynoxide',
    skipped: existsSync(dynoxidePath)
      ? undefined
      : 'the package @dynoxide/linux-x64 is not installed',
    start: startDynoxide,
  },
];

export interface RunningTable extends DynamoOptions {
  close(): Promise<void>;
}

/** A server with the state table on it. */
export async function startTable(server: DynamoServer): Promise<RunningTable> {
  const running = await server.start();
  const client = createDynamoClient({ endpoint: running.endpoint });
  const tableName = 'quire-test';
  await ensureTable({ client, tableName });
  return {
    client,
    tableName,
    async close() {
      client.destroy();
      await running.close();
    },
  };
}

async function startDynoxide(): Promise<RunningServer> {
  const port = await freePort();
  const child = spawn(dynoxidePath, ['serve', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise((resolve, reject) => {
    // It says there that it listens.
    child.stderr.once('data', resolve);
    child.once('exit', reject);
    child.once('error', reject);
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
