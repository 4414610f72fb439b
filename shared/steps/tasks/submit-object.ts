import * as z from 'zod';
import { errorEntry, isQuireError, QuireError } from '#shared/domain/errors.ts';
import type { TaskId, TenantId } from '#shared/domain/ids.ts';
import { UploadId } from '#shared/domain/ids.ts';
import {
  type InboxPlace,
  inboxPlaceOf,
  inboxSettingsKeys,
  maxInboxKeyLengthInBytes,
} from '#shared/domain/inbox.ts';
import { uploadExpiresInSeconds } from '#shared/domain/limits.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import { type Task, TaskOptions } from '#shared/domain/task.ts';
import { isoOf } from '#shared/domain/time.ts';
import { getJson } from '../json-objects.ts';
import { refuseSize } from './check-inputs.ts';
import { writeMarker } from './inbox-marker.ts';
import { createSubmitTask, requireKnownWorkflow, type SubmitTaskPorts } from './submit-task.ts';

/** A file that was put under `inbox/<workflow>/`. */
export interface InboxObject {
  readonly tenantId: TenantId;
  readonly bucketName: string;
  readonly key: string;
  /** Tells this upload from every other under the key. Without spaces. */
  readonly version: string;
  /** Of the content that was announced; where the object has another one by now, a later event tells of it. */
  readonly etag?: string | undefined;
}

/** The task, or `undefined` where there is none to be: no input, refused (the marker says why), or replaced before it was taken in. */
export type SubmitObject = (object: InboxObject) => Promise<Task | undefined>;

interface InboxFile extends InboxObject {
  readonly place: InboxPlace;
  /** Bucket, key and version as one text: the idempotency key. */
  readonly identity: string;
  readonly taskId: TaskId;
  readonly uploadId: UploadId;
}

const Settings = z.strictObject({
  params: z.record(z.string(), z.unknown()).optional(),
  options: TaskOptions.optional(),
});
type Settings = z.infer<typeof Settings>;

/**
 * Submits a task for a file in the inbox, once however often it is announced (I2). A file that can become no task gets its marker at once;
 * only what may work the next time throws, so that the event comes again and in the end is kept in the dead-letter queue.
 */
export function createSubmitObject(ports: SubmitTaskPorts): SubmitObject {
  return async (object) => {
    const place = inboxPlaceOf(object.key);
    if (place === undefined) return undefined;
    const file = identify(ports, object, place);
    try {
      return await submit(ports, file);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await refuse(ports, place, error);
      return undefined;
    }
  };
}

function identify(ports: SubmitTaskPorts, object: InboxObject, place: InboxPlace): InboxFile {
  const identity = `inbox ${object.bucketName} ${object.key} ${object.version}`;
  // The id that submitTask derives from the same key.
  const taskId = ports.ids.taskIdFrom(`${object.tenantId} ${identity}`);
  return {
    ...object,
    place,
    identity,
    taskId,
    uploadId: UploadId.parse(taskId.replace(/^tsk_/, 'upl_')),
  };
}

async function submit(ports: SubmitTaskPorts, file: InboxFile): Promise<Task | undefined> {
  const { tenantId, key, version, identity, uploadId } = file;
  const workflow = workflowOf(ports, file);
  const isKnown = (await ports.tasks.get(file.taskId)) !== undefined;
  const settings = isKnown ? {} : await takeIn(ports, file);
  if (settings === undefined) return undefined;
  const { task } = await createSubmitTask(ports)({
    tenantId,
    request: { workflow, inputs: [{ uploadId }], ...settings },
    idempotencyKey: identity,
    origin: { kind: 'inbox', objectKey: key, version },
  });
  return task;
}

function workflowOf(ports: SubmitTaskPorts, { key, place }: InboxFile): string {
  if (new TextEncoder().encode(key).length > maxInboxKeyLengthInBytes) {
    throw new QuireError(
      'invalid_request',
      `Expected a path in the inbox of at most ${maxInboxKeyLengthInBytes} bytes; shorten the names of the file or its folders.`,
    );
  }
  if (place.workflow !== undefined) {
    return requireKnownWorkflow(ports.findWorkflow, place.workflow).id;
  }
  throw new QuireError(
    'workflow_not_found',
    'Expected the file in a folder that is named by its workflow, such as inbox/summarize/; it is in inbox/ itself.',
  );
}

/** The settings of a file that has been made an upload of its task. `undefined` where other content has taken its place before. */
async function takeIn(ports: SubmitTaskPorts, file: InboxFile): Promise<Settings | undefined> {
  const isAdopted = (await ports.tasks.getUpload(file.uploadId)) !== undefined;
  return isAdopted || (await adopt(ports, file)) ? await settingsOf(ports, file) : undefined;
}

/** Copies the object to an upload of the same id at every delivery. `false` where a later event tells of what is there now (so nothing is lost). */
async function adopt(ports: SubmitTaskPorts, file: InboxFile): Promise<boolean> {
  const { key, uploadId, tenantId, place } = file;
  const info = await ports.objects.head(key);
  if (info === undefined) throw vanished();
  if (file.etag !== undefined && bare(file.etag) !== bare(info.etag ?? file.etag)) {
    ports.logger.info('inbox-replaced', { taskId: file.taskId });
    return false;
  }
  refuseSize({ name: place.name, sizeInBytes: info.sizeInBytes });
  await ports.objects.copy(key, objectKeys.upload(uploadId), { etag: info.etag });
  const expiresAtInMs = ports.clock.now() + uploadExpiresInSeconds * 1_000;
  await ports.tasks.createUpload({ uploadId, tenantId, name: place.name, expiresAtInMs });
  return true;
}

/** The nearest `quire.json`, and over it what the sender has written into the metadata of the object, which its copy has kept. */
async function settingsOf(ports: SubmitTaskPorts, file: InboxFile): Promise<Settings> {
  const beside = await nearestSettings(ports, file.place);
  const copy = await ports.objects.head(objectKeys.upload(file.uploadId));
  const own = settingsOfMetadata(copy?.metadata ?? {});
  return {
    params: { ...beside.params, ...own.params },
    options: { ...beside.options, ...own.options },
  };
}

async function nearestSettings(ports: SubmitTaskPorts, place: InboxPlace): Promise<Settings> {
  for (const key of inboxSettingsKeys(place)) {
    try {
      const settings = await getJson(ports.objects, key, Settings);
      if (settings !== undefined) return settings;
    } catch (cause) {
      if (isQuireError(cause)) throw cause;
      throw unreadable(key, cause);
    }
  }
  return {};
}

function settingsOfMetadata(metadata: Readonly<Record<string, string>>): Settings {
  const { 'quire-params': params, 'quire-options': options } = metadata;
  try {
    return Settings.parse({
      ...(params === undefined ? {} : { params: JSON.parse(params) }),
      ...(options === undefined ? {} : { options: JSON.parse(options) }),
    });
  } catch (cause) {
    throw unreadable('the metadata quire-params or quire-options', cause);
  }
}

/** Whether an error is the file's own fault or that of a limit, which no repetition cures. */
function isRefusal(error: unknown): error is QuireError {
  if (!isQuireError(error)) return false;
  const { origin } = errorEntry(error.code);
  return origin === 'input' || origin === 'limit';
}

async function refuse(ports: SubmitTaskPorts, place: InboxPlace, error: QuireError): Promise<void> {
  const { code, message } = error;
  ports.logger.warn('inbox-refused', { code });
  const at = isoOf(ports.clock.now());
  const marker = { status: 'REFUSED', code, sentence: message, artifacts: [], at, submittedAt: at };
  await writeMarker(ports.objects, place, { outcome: 'failed', marker });
}

function bare(etag: string): string {
  return etag.replaceAll('"', '');
}

function vanished(): QuireError {
  return new QuireError(
    'object_not_found',
    'Expected the file that was put into the inbox; it is not there. It was removed, or cannot be read yet.',
  );
}

function unreadable(where: string, cause: unknown): QuireError {
  return new QuireError(
    'invalid_params',
    `Expected ${where} to be JSON with \`params\` and \`options\` as documented; it is not.`,
    { cause },
  );
}
