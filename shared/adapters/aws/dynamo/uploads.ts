import * as z from 'zod';
import { TenantId, UploadId } from '#shared/domain/ids.ts';
import type { TaskStore, Upload } from '#shared/ports/task-store.ts';
import { keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { expiryOfUpload } from './retention.ts';
import type { StateTable } from './table.ts';

const StoredUpload: z.ZodType<Upload> = z.object({
  uploadId: UploadId,
  tenantId: TenantId,
  name: z.string(),
  expiresAtInMs: z.int(),
});

/** Announced uploads. They expire by themselves, whatever the retention of tasks. */
export function uploads(table: StateTable): Pick<TaskStore, 'createUpload' | 'getUpload'> {
  return {
    async createUpload(upload) {
      await table.put({
        ...keys.upload(upload.uploadId),
        ...upload,
        ...expiryOfUpload(upload.expiresAtInMs),
      });
    },
    async getUpload(uploadId) {
      const item = await table.get(keys.upload(uploadId));
      return item === undefined ? undefined : parseItem(StoredUpload, item, 'upload');
    },
  };
}
