import * as z from 'zod';
import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import { UploadId } from '#shared/domain/ids.ts';
import { uploadExpiresInSeconds } from '#shared/domain/limits.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Task } from '#shared/domain/task.ts';
import { getJson } from '../json-objects.ts';
import { createSubmitTask, type SubmitTaskPorts } from './submit-task.ts';

/** A file that was put under `inbox/<workflow>/`. */
export interface InboxObject {
  readonly tenantId: TenantId;
  readonly key: string;
  /** Tells this content under the key from any other: version, sequencer or hash. */
  readonly version: string;
}

export type SubmitObject = (object: InboxObject) => Promise<Task | undefined>;

const place = /^inbox\/([a-z0-9-]+)\/([^/]+)$/;
const Settings = z.strictObject({
  params: z.record(z.string(), z.unknown()).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Submits a task for a file in the inbox, once however often it is announced (I2): key and version are its idempotency key. Parameters
 * stand in `quire.json` beside it. `undefined` for what is no input: settings, markers, deeper folders.
 */
export function createSubmitObject(ports: SubmitTaskPorts): SubmitObject {
  const submitTask = createSubmitTask(ports);
  return async ({ tenantId, key, version }) => {
    const [, workflow, name] = place.exec(key) ?? [];
    if (workflow === undefined || name === undefined) return undefined;
    if (name === 'quire.json' || name.startsWith('.')) return undefined;
    const settings = await readSettings(ports, `inbox/${workflow}/quire.json`);
    const uploadId = await adopt(ports, { tenantId, key, name, version });
    const request = { workflow, inputs: [{ uploadId }], ...settings };
    const { task } = await submitTask({
      tenantId,
      request,
      idempotencyKey: `inbox ${key} ${version}`,
    });
    return task;
  };
}

async function readSettings(
  ports: SubmitTaskPorts,
  key: string,
): Promise<z.infer<typeof Settings>> {
  try {
    return (await getJson(ports.objects, key, Settings)) ?? {};
  } catch (cause) {
    throw unreadableSettings(key, cause);
  }
}

/** The object as an upload of the same id at every delivery, so that the request is the same too. */
async function adopt(
  ports: SubmitTaskPorts,
  object: { tenantId: TenantId; key: string; name: string; version: string },
): Promise<UploadId> {
  const seed = ports.ids.taskIdFrom(`${object.tenantId} ${object.key} ${object.version}`);
  const uploadId = UploadId.parse(seed.replace(/^tsk_/, 'upl_'));
  if ((await ports.tasks.getUpload(uploadId)) !== undefined) return uploadId;
  await ports.objects.copy(object.key, objectKeys.upload(uploadId));
  const expiresAtInMs = ports.clock.now() + uploadExpiresInSeconds * 1_000;
  const { tenantId, name } = object;
  await ports.tasks.createUpload({ uploadId, tenantId, name, expiresAtInMs });
  return uploadId;
}

function unreadableSettings(key: string, cause: unknown): QuireError {
  const message = `Expected ${key} to be JSON with \`params\` and \`options\`; it is not.`;
  return new QuireError('invalid_params', message, { cause });
}
