import * as z from 'zod';
import { createSubmitObject } from '#shared/steps/tasks/submit-object.ts';
import { submission, tenantId } from './submission.ts';

/** Detail of an “Object Created” event of S3, as far as it is used. */
const Detail = z.object({
  object: z.object({
    key: z.string(),
    sequencer: z.string().optional(),
    'version-id': z.string().optional(),
    etag: z.string().optional(),
  }),
});

const submit = createSubmitObject(submission);

/** Submits a task for an object of the inbox; the same event delivered again gives the same task. */
export async function submitObject(detail: unknown): Promise<void> {
  const { object } = Detail.parse(detail);
  const version = object['version-id'] ?? object.sequencer ?? object.etag ?? '';
  // Keys come URL-decoded from EventBridge, unlike in S3's own notifications.
  await submit({ tenantId, key: object.key, version });
}
