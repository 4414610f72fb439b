import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type QueueServer, startQueueServer } from '../support/queue-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('npm run redrive', () => {
  let server: QueueServer;
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-redrive-'));
    server = await startQueueServer(() => null);
  });
  afterAll(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });

  const redrive = (...commandLine: readonly string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['scripts/launch.mjs', 'scripts/redrive.ts', ...commandLine],
        {
          cwd: root,
          env: {
            ...process.env,
            AWS_ENDPOINT_URL: server.endpoint,
            AWS_REGION: 'us-east-1',
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
          },
        },
        (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  it('reads the queue from the outputs of the stack, and says what it has done', async () => {
    const outputs = join(directory, 'outputs.json');
    await writeFile(
      outputs,
      JSON.stringify({ 'quire-prod': { InboxDeadLetterQueue: server.queueUrl } }),
    );
    server.put({ id: 'e-1' }, { TARGET_ARN: 'quire-prod-Inbox' });
    server.put({ id: 'e-2' });

    const [missing, done] = await Promise.all([
      redrive('--outputs', join(directory, 'nothing.json')),
      redrive('--outputs', outputs),
    ]);

    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('--queue URL') });
    expect(JSON.parse(done.stdout)).toEqual({ handled: 1, kept: { unreadable: 1 } });
    expect(done.code).toBe(1);
    expect(server.invocations).toEqual([
      { functionName: 'quire-prod-Inbox', event: { id: 'e-1' } },
    ]);
  });
});
