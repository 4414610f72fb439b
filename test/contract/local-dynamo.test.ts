import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { ensureTable } from '#shared/adapters/aws/dynamo/ensure-table.ts';
import { createDynamoTaskStore } from '#shared/adapters/aws/dynamo/task-store.ts';
import { startLocalDynamo } from '#shared/adapters/local/local-dynamo.ts';
import { queuedTask } from '../support/tasks.ts';

let directory: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quire-state-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** The table on a server, for as long as the work takes. */
async function withStore<Result>(
  endpoint: string,
  work: (store: ReturnType<typeof createDynamoTaskStore>) => Promise<Result>,
): Promise<Result> {
  const client = createDynamoClient({ endpoint });
  await ensureTable({ client, tableName: 'quire' });
  const result = await work(createDynamoTaskStore({ client, tableName: 'quire' }));
  client.destroy();
  return result;
}

async function startInAnotherProcess(): Promise<string> {
  const script = fileURLToPath(new URL('../support/local-dynamo-process.ts', import.meta.url));
  const started = spawn(process.execPath, ['--import', 'tsx', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const [endpoint] = await once(createInterface(started.stdout), 'line');
  return String(endpoint);
}

describe('local DynamoDB', () => {
  it('keeps its content over a stop and a start', async () => {
    const task = queuedTask();
    const first = await startLocalDynamo({ directory });
    await withStore(first.endpoint, (store) => store.create(task));
    await first.close();

    const second = await startLocalDynamo({ directory });
    expect(await withStore(second.endpoint, (store) => store.get(task.taskId))).toEqual(task);
    await second.close();
  });

  it('refuses a folder that is open in this process, and takes it when it is closed', async () => {
    const first = await startLocalDynamo({ directory });

    await expect(startLocalDynamo({ directory })).rejects.toMatchObject({
      code: 'store_unavailable',
      details: { pid: process.pid },
    });

    await first.close();
    await (await startLocalDynamo({ directory })).close();
  });

  it('refuses the folder of a living process, and takes over from a killed one with all it has acknowledged', async () => {
    const endpoint = await startInAnotherProcess();
    const tasks = Array.from({ length: 40 }, () => queuedTask());
    await withStore(endpoint, (store) => Promise.all(tasks.map((task) => store.create(task))));
    await expect(startLocalDynamo({ directory })).rejects.toMatchObject({
      code: 'store_unavailable',
      details: { pid: child?.pid },
    });

    child?.kill('SIGKILL');
    if (child !== undefined) await once(child, 'exit');

    const server = await startLocalDynamo({ directory });
    const found = await withStore(server.endpoint, (store) => store.listUnended());
    expect(found.map((task) => task.taskId).sort()).toEqual(
      tasks.map((task) => task.taskId).sort(),
    );
    await server.close();
  });

  it('outlives a client that hangs up in the middle of a request', async () => {
    const server = await startLocalDynamo();
    const { port } = new URL(server.endpoint);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"half":');

    socket.resetAndDestroy();

    const task = queuedTask();
    const result = await withStore(server.endpoint, (store) => store.create(task));
    expect(result.isNew).toBe(true);
    await server.close();
  });

  it('never ends an idle connection of its client', async () => {
    const server = await startLocalDynamo();

    const response = await fetch(server.endpoint, { method: 'POST', body: '{}' });

    // Node's server announces after how long it would close it.
    expect(response.headers.get('connection')).toBe('keep-alive');
    expect(response.headers.get('keep-alive')).toBeNull();
    await response.text();
    await server.close();
  });

  it('begins empty where it has no folder', async () => {
    const [first, second] = [await startLocalDynamo(), await startLocalDynamo()];
    await withStore(first.endpoint, (store) => store.create(queuedTask()));

    expect(await withStore(second.endpoint, (store) => store.listUnended())).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });
});
