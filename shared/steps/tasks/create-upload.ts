import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import { maxUploadSizeInBytes, uploadExpiresInSeconds } from '#shared/domain/limits.ts';
import { objectKeys } from '#shared/domain/object-keys.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { UploadForm, UploadForms } from '#shared/ports/object-store.ts';
import type { TaskStore } from '#shared/ports/task-store.ts';

export interface AnnouncedUpload extends UploadForm {
  readonly uploadId: string;
}

export type CreateUpload = (
  tenantId: TenantId,
  file: { name: string; sizeInBytes?: number | undefined },
) => Promise<AnnouncedUpload>;

/** Announces a file: its sender gets a form that goes straight to the store, bound to this file's place and size. */
export function createCreateUpload(ports: {
  tasks: TaskStore;
  uploadForms: UploadForms;
  clock: Clock;
  ids: Ids;
}): CreateUpload {
  return async (tenantId, { name, sizeInBytes }) => {
    if (sizeInBytes !== undefined && sizeInBytes > maxUploadSizeInBytes) {
      throw new QuireError(
        'file_too_large',
        `Expected at most ${maxUploadSizeInBytes} bytes, announced are ${sizeInBytes}.`,
        {
          details: { limit: maxUploadSizeInBytes, actual: sizeInBytes },
        },
      );
    }
    const uploadId = ports.ids.uploadId();
    const form = await ports.uploadForms.create(objectKeys.upload(uploadId), {
      expiresInSeconds: uploadExpiresInSeconds,
      maxSizeInBytes: maxUploadSizeInBytes,
    });
    const { expiresAtInMs } = form;
    await ports.tasks.createUpload({ uploadId, tenantId, name, expiresAtInMs });
    return { uploadId, ...form };
  };
}
