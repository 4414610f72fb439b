import * as z from 'zod';
import { createSubmitObject } from '#shared/steps/tasks/submit-object.ts';
import { submission, tenantId } from './submission.ts';

/** Detail of an “Object Created” event of S3, as far as it is used. */
const Detail = z.object({
  bucket: z.object({ name: z.string() }),
  object: z.object({
    key: z.string(),
    /** Of a bucket with versions; ours has none. */
    'version-id': z.string().optional(),
    /** One for each write under a key, the same at every delivery. */
    sequencer: z.string().optional(),
    etag: z.string().optional(),
  }),
});

const submit = createSubmitObject(submission);

/** Submits a task for an object of the inbox; the same event delivered again gives the same task. */
export async function submitObject(detail: unknown): Promise<void> {
  const { bucket, object } = Detail.parse(detail);
  const { key, etag, sequencer } = object;
  const version = object['version-id'] ?? sequencer ?? etag ?? '';
  // Keys come URL-decoded from EventBridge, unlike in S3's own notifications.
  await submit({ tenantId, bucketName: bucket.name, key, version, etag });
}
