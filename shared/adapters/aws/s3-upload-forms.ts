import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { Clock } from '#shared/ports/clock.ts';
import type { UploadForms } from '#shared/ports/object-store.ts';
import type { S3Options } from './s3-object-store.ts';
import { storeError } from './store-error.ts';

/** Presigned POST forms: S3 itself holds the client to the key, the size and the expiry. */
export function createS3UploadForms(
  options: S3Options & { clock: Pick<Clock, 'now'> },
): UploadForms {
  const { client, bucketName, clock } = options;
  return {
    async create(key, { expiresInSeconds, maxSizeInBytes }) {
      const expiresAtInMs = clock.now() + expiresInSeconds * 1_000;
      try {
        const { url, fields } = await createPresignedPost(client, {
          Bucket: bucketName,
          Key: key,
          Expires: expiresInSeconds,
          Conditions: [['content-length-range', 1, maxSizeInBytes]],
        });
        return { method: 'POST', url, fields, maxSizeInBytes, expiresAtInMs };
      } catch (error) {
        throw storeError('S3 presigned POST', error);
      }
    },
  };
}
