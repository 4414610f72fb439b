import { createHash } from 'node:crypto';
import { type DocumentId, documentIdOf, type TaskId } from '#shared/domain/ids.ts';
import { maxUploadSizeInBytes, urlTimeoutInMs } from '#shared/domain/limits.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { StoredInput } from '#shared/domain/task.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { UrlFetcher } from '#shared/ports/url-fetcher.ts';
import {
  type CheckedInput,
  type PresentInput,
  type RemoteInput,
  refuseSize,
} from './check-inputs.ts';

interface StorePorts {
  readonly objects: ObjectStore;
  readonly urls: UrlFetcher;
  readonly clock: Clock;
  readonly urlTimeoutInMs?: number;
}

interface Place {
  readonly taskId: TaskId;
  readonly documentId: DocumentId;
}

/**
 * Puts the inputs of a task where it keeps them: files by URL one after the other, since each is held in memory, and before the
 * others are copied, since most that can go wrong goes wrong there.
 */
export async function storeInputs(
  ports: StorePorts,
  taskId: TaskId,
  inputs: readonly CheckedInput[],
): Promise<StoredInput[]> {
  const deadlineAtInMs = ports.clock.now() + (ports.urlTimeoutInMs ?? urlTimeoutInMs);
  const fetched: (PresentInput | StoredInput)[] = [];
  for (const [index, input] of inputs.entries()) {
    const place = { taskId, documentId: documentIdOf(index + 1) };
    if (isRemote(input)) fetched.push(await storeRemote(ports, place, { input, deadlineAtInMs }));
    else fetched.push(input);
  }
  return await Promise.all(
    fetched.map((input, index) => {
      if ('objectKey' in input) return input;
      return storePresent(ports.objects, { taskId, documentId: documentIdOf(index + 1) }, input);
    }),
  );
}

function isRemote(input: CheckedInput): input is RemoteInput {
  return input.source.kind === 'url';
}

async function storeRemote(
  { objects, urls, clock }: StorePorts,
  { taskId, documentId }: Place,
  { input, deadlineAtInMs }: { input: RemoteInput; deadlineAtInMs: number },
): Promise<StoredInput> {
  const file = await urls.fetch(input.source.url, {
    maxSizeInBytes: maxUploadSizeInBytes,
    timeoutInMs: Math.max(0, deadlineAtInMs - clock.now()),
  });
  const { bytes } = file;
  const { name, sizeInBytes } = refuseSize({
    name: input.name ?? file.name,
    sizeInBytes: bytes.byteLength,
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  const objectKey = objectKeys.fetchedInput(taskId, documentId, digest);
  await objects.put(objectKey, bytes);
  return { documentId, name, objectKey, sizeInBytes };
}

async function storePresent(
  objects: ObjectStore,
  { taskId, documentId }: Place,
  { name, sizeInBytes, source }: PresentInput,
): Promise<StoredInput> {
  const objectKey = objectKeys.input(taskId, documentId);
  if (source.kind === 'object') await objects.copy(source.key, objectKey);
  else await objects.put(objectKey, source.bytes);
  return { documentId, name, objectKey, sizeInBytes };
}
