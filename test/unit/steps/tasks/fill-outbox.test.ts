import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createS3Client } from '#shared/adapters/aws/s3-client.ts';
import { createS3ObjectStore } from '#shared/adapters/aws/s3-object-store.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { EndedTask, QueuedTask, TaskEnding } from '#shared/domain/task.ts';
import { noUsage } from '#shared/domain/usage.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import { createFillOutbox } from '#shared/steps/tasks/fill-outbox.ts';
import { type S3Server, startS3Server } from '../../../support/s3-server.ts';
import { queuedTask, testTimeInMs } from '../../../support/tasks.ts';

let bucket: S3Server;
let objects: ObjectStore;
beforeAll(async () => {
  bucket = await startS3Server();
  const client = createS3Client({ endpoint: bucket.endpoint });
  objects = createS3ObjectStore({ client, bucketName: 'documents' });
});
afterAll(() => bucket.close());

let count = 0;
/** A file of its own for each test. */
function newFile() {
  count += 1;
  const path = `summarize/Q3 Übersicht/report ${count}.docx`;
  return {
    key: `inbox/${path}`,
    outbox: `outbox/${path}/`,
    done: `inbox/summarize/Q3 Übersicht/.done/report ${count}.docx.json`,
    failed: `inbox/summarize/Q3 Übersicht/.failed/report ${count}.docx.json`,
  };
}

function taskOver(objectKey: string, overrides: Partial<QueuedTask> = {}): QueuedTask {
  return queuedTask({ origin: { kind: 'inbox', objectKey, version: '1' }, ...overrides });
}

async function end(
  task: QueuedTask,
  ending: TaskEnding,
  content = 'a summary',
): Promise<EndedTask> {
  const names = 'artifacts' in ending ? ending.artifacts.map(({ name }) => name) : [];
  for (const name of names) {
    await objects.put(objectKeys.artifact(task.taskId, name), new TextEncoder().encode(content));
  }
  return { ...task, ...ending, endedAtInMs: testTimeInMs + 5_000, usage: noUsage } as EndedTask;
}

const artifacts = ['summary.docx', 'citations.json'].map((name) => ({
  name,
  contentType: 'application/octet-stream',
  sizeInBytes: 9,
}));
const coverage = { used: 1, skipped: 0, failed: 0 } as Extract<
  TaskEnding,
  { status: 'SUCCEEDED' }
>['coverage'];
const succeeded: TaskEnding = { status: 'SUCCEEDED', artifacts, coverage };
const failed: TaskEnding = {
  status: 'FAILED',
  error: { code: 'corrupt_file', message: 'Expected a DOCX file; it is damaged.' },
};

function textAt(key: string): string | undefined {
  return bucket.objects.get(key)?.bytes.toString();
}

describe('the outbox', () => {
  it('gets the artifacts under the path of the file, and the file a marker', async () => {
    const file = newFile();
    const task = await end(taskOver(file.key), succeeded);

    await createFillOutbox({ objects })(task);

    expect(textAt(`${file.outbox}summary.docx`)).toBe('a summary');
    expect(textAt(`${file.outbox}citations.json`)).toBe('a summary');
    expect(JSON.parse(textAt(file.done) ?? '')).toEqual({
      taskId: task.taskId,
      run: 1,
      status: 'SUCCEEDED',
      artifacts: ['summary.docx', 'citations.json'],
      at: '2026-11-21T00:00:05.000Z',
      submittedAt: '2026-11-21T00:00:00.000Z',
    });
    expect(bucket.objects.has(file.failed)).toBe(false);
  });

  it('is the same however often the end of the task is told', async () => {
    const file = newFile();
    const task = await end(taskOver(file.key), succeeded);
    const fill = createFillOutbox({ objects });
    await fill(task);
    const before = new Map(bucket.objects);

    await Promise.all([fill(task), fill(task)]);

    expect([...bucket.objects].map(([key, { bytes }]) => [key, String(bytes)])).toEqual(
      [...before].map(([key, { bytes }]) => [key, String(bytes)]),
    );
  });

  it('says why a task has failed, and forgets it when a later run succeeds', async () => {
    const file = newFile();
    const first = taskOver(file.key);
    const fill = createFillOutbox({ objects });
    const failedRun = await end(first, failed);

    await fill(failedRun);
    expect(JSON.parse(textAt(file.failed) ?? '')).toMatchObject({
      status: 'FAILED',
      code: 'corrupt_file',
      sentence: 'Expected a DOCX file; it is damaged.',
      artifacts: [],
    });

    await fill(await end({ ...first, run: 2 }, succeeded));
    await fill(failedRun);
    expect(bucket.objects.has(file.failed)).toBe(false);
    expect(JSON.parse(textAt(file.done) ?? '')).toMatchObject({ status: 'SUCCEEDED', run: 2 });
  });

  it('delivers what a task with holes has, with the first reason', async () => {
    const file = newFile();
    const reason = { code: 'budget_exceeded' as const, message: 'Expected more budget.' };
    const ending: TaskEnding = { status: 'PARTIAL', artifacts, coverage, reasons: [reason] };

    await createFillOutbox({ objects })(await end(taskOver(file.key), ending));

    expect(JSON.parse(textAt(file.done) ?? '')).toMatchObject({
      status: 'PARTIAL',
      code: 'budget_exceeded',
    });
    expect(textAt(`${file.outbox}summary.docx`)).toBe('a summary');
  });

  it('keeps the results of the newest version of a file, whichever task ends last', async () => {
    const file = newFile();
    const fill = createFillOutbox({ objects });
    const old = taskOver(file.key);
    const current = taskOver(file.key, { createdAtInMs: testTimeInMs + 1_000 });

    await fill(await end(current, succeeded, 'of the new version'));
    await fill(await end(old, succeeded, 'of the old version'));

    expect(textAt(`${file.outbox}summary.docx`)).toBe('of the new version');
    expect(JSON.parse(textAt(file.done) ?? '')).toMatchObject({ taskId: current.taskId });
  });

  it('says that a task was cancelled, and is not for tasks from elsewhere', async () => {
    const file = newFile();
    await createFillOutbox({ objects })(await end(taskOver(file.key), { status: 'CANCELLED' }));
    expect(JSON.parse(textAt(file.failed) ?? '')).toMatchObject({ status: 'CANCELLED' });

    const before = bucket.objects.size;
    const origin = { kind: 'event' as const, source: 'com.example', eventId: '1' };
    for (const task of [queuedTask(), queuedTask({ origin })]) {
      const ended = await end(task, failed);
      await createFillOutbox({ objects })(ended);
    }
    expect(bucket.objects.size).toBe(before);
  });

  it('has every artifact before the marker is there, also when a copy fails', async () => {
    const file = newFile();
    const task = await end(taskOver(file.key), succeeded);
    bucket.objects.delete(objectKeys.artifact(task.taskId, 'citations.json'));

    await expect(createFillOutbox({ objects })(task)).rejects.toMatchObject({
      code: 'object_not_found',
    });

    expect(bucket.objects.has(file.done)).toBe(false);
  });
});
