import { describe, expect, it } from '@jest/globals';
import { createS3Client } from '#shared/adapters/aws/s3-client.ts';
import { createS3UploadForms } from '#shared/adapters/aws/s3-upload-forms.ts';

const nowInMs = Date.UTC(2026, 10, 21);

async function policyOf(key: string) {
  const client = createS3Client({ endpoint: 'http://127.0.0.1:9' });
  const forms = createS3UploadForms({ client, bucketName: 'files', clock: { now: () => nowInMs } });
  const form = await forms.create(key, { expiresInSeconds: 900, maxSizeInBytes: 1_000 });
  client.destroy();
  const policy = JSON.parse(Buffer.from(form.fields['Policy'] ?? '', 'base64').toString('utf8'));
  return { form, conditions: policy.conditions as readonly unknown[] };
}

describe('the policy of an upload form', () => {
  it('holds its sender to one key, one bucket and the size', async () => {
    const { form, conditions } = await policyOf('uploads/upl_1');

    expect(conditions).toContainEqual(['content-length-range', 1, 1_000]);
    expect(conditions).toContainEqual({ key: 'uploads/upl_1' });
    expect(conditions).toContainEqual({ bucket: 'files' });
    expect(form.fields).toMatchObject({ key: 'uploads/upl_1' });
    expect(form.expiresAtInMs).toBe(nowInMs + 900_000);
  });

  it('leaves nothing to choose: no prefix, no content type, no header of the object', async () => {
    const { form, conditions } = await policyOf('uploads/upl_1');

    const choices = conditions.filter((each) => Array.isArray(each));
    expect(choices).toEqual([['content-length-range', 1, 1_000]]);
    // S3 refuses a form with a field for which the policy has no condition.
    const named = conditions.flatMap((each) =>
      Array.isArray(each) ? [] : Object.keys(each ?? {}),
    );
    const free = Object.keys(form.fields).filter((name) => !named.includes(name));
    expect(free.sort()).toEqual(['Policy', 'X-Amz-Signature']);
    expect(named.map((name) => name.toLowerCase())).not.toContain('content-type');
  });
});
