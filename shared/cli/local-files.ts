import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { isEnded, type Task } from '#shared/domain/task.ts';
import { type LocalRuntime, localTenantId } from '#shared/runtime/local.ts';
import { UsageError } from './usage-error.ts';

const hourInMs = 3_600_000;

/** Puts a file of this machine into the store, as an upload would. */
export async function adoptFile(runtime: LocalRuntime, path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`Expected a readable file, got ${path}.`, { cause: error });
  });
  const uploadId = runtime.ids.uploadId();
  await runtime.objects.put(objectKeys.upload(uploadId), new Uint8Array(bytes));
  const expiresAtInMs = runtime.clock.now() + hourInMs;
  await runtime.tasks.createUpload({
    uploadId,
    tenantId: localTenantId,
    name: basename(path),
    expiresAtInMs,
  });
  return uploadId;
}

/** Makes the folder that artifacts go to: before a task costs anything, since a file may stand in its place. */
export async function prepareFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw new UsageError(`Expected a folder that can be written to, got ${directory}.`, {
      cause: error,
    });
  });
}

/** Copies the artifacts of a task into a folder; their names, in order. */
export async function copyArtifacts(
  runtime: LocalRuntime,
  task: Task,
  directory: string,
): Promise<string[]> {
  const artifacts = isEnded(task) && 'artifacts' in task ? task.artifacts : [];
  await prepareFolder(directory);
  for (const { name } of artifacts) {
    const bytes = await runtime.objects.get(objectKeys.artifact(task.taskId, name));
    if (bytes !== undefined) await writeFile(join(directory, name), bytes);
  }
  return artifacts.map((artifact) => artifact.name);
}
