import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createS3Client } from '#shared/adapters/aws/s3-client.ts';
import { createS3ObjectStore } from '#shared/adapters/aws/s3-object-store.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { openLocalState } from '#shared/runtime/local-state.ts';
import type { SubmitTaskPorts } from '#shared/steps/tasks/submit-task.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { createManualClock } from './manual-clock.ts';
import { startS3Server } from './s3-server.ts';
import { createRecordingLogger } from './silent-logger.ts';
import { ids, testTimeInMs } from './tasks.ts';

/** What a submission stands on, over real stores: a table, a bucket, and an engine that only counts. */
export async function openSubmissions() {
  const directory = await mkdtemp(join(tmpdir(), 'quire-submissions-'));
  const state = await openLocalState(directory);
  const bucket = await startS3Server();
  const client = createS3Client({ endpoint: bucket.endpoint });
  const started: string[] = [];
  const logger = createRecordingLogger();
  const ports = {
    tasks: state.tasks,
    objects: createS3ObjectStore({ client, bucketName: 'documents' }),
    engine: {
      start: async ({ taskId }) => {
        started.push(taskId);
      },
      stop: async () => undefined,
      answer: async () => false,
      describe: async () => 'missing' as const,
    },
    clock: createManualClock(testTimeInMs),
    ids,
    logger,
    tell: async () => undefined,
    callbackSender: { check: async () => undefined },
    urls: {
      fetch: async () => {
        throw new QuireError('url_unreachable', 'There is no Internet in a test.');
      },
    },
    findWorkflow,
  } satisfies SubmitTaskPorts;
  return {
    ports,
    bucket,
    logger,
    /** Ids of the tasks whose executions were started, each once. */
    started: () => [...new Set(started)],
    async close() {
      client.destroy();
      await bucket.close();
      await state.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type Submissions = Awaited<ReturnType<typeof openSubmissions>>;
