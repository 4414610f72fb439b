import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createS3ObjectStore } from '#shared/adapters/aws/s3-object-store.ts';
import { createS3UploadForms } from '#shared/adapters/aws/s3-upload-forms.ts';
import { testClientSettings } from '../../../support/json-service.ts';
import { type S3Server, startS3Server } from '../../../support/s3-server.ts';

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(async () => {
  await server.close();
});

const s3 = () => ({
  client: new S3Client({ ...testClientSettings(server.endpoint), forcePathStyle: true }),
  bucketName: 'documents',
});

describe('S3 object store', () => {
  it('reads and copies keys that are no plain words, as a bucket has them in its inbox', async () => {
    const store = createS3ObjectStore(s3());
    const key = 'inbox/summarize/Übersicht (1) + Anhang 50%.docx';
    await store.put(key, new Uint8Array([1, 2]));

    await store.copy(key, 'tasks/t/input/d1');

    expect(await store.get('tasks/t/input/d1')).toEqual(new Uint8Array([1, 2]));
  });

  it('sends a conditional write again that met another one under way', async () => {
    const store = createS3ObjectStore(s3());
    server.failNext(409, 'ConditionalRequestConflict');

    expect(await store.put('conflict', new Uint8Array([1]), { ifAbsent: true })).toBe(true);
    expect(server.objects.has('conflict')).toBe(true);
  });

  it.each([
    ['store_unavailable', 503, 'SlowDown'],
    ['store_unavailable', 500, 'InternalError'],
    ['internal_error', 403, 'AccessDenied'],
  ])('says %s when S3 answers %d %s', async (code, status, name) => {
    server.failNext(status, name);

    await expect(createS3ObjectStore(s3()).get('any')).rejects.toMatchObject({ code });
  });

  it('says that the store is unavailable where nothing listens', async () => {
    const client = new S3Client({
      ...testClientSettings('http://127.0.0.1:9'),
      forcePathStyle: true,
    });
    const store = createS3ObjectStore({ client, bucketName: 'documents' });

    await expect(store.head('any')).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});

describe('S3 upload forms', () => {
  const clock = { now: () => Date.UTC(2026, 10, 21) };
  const createForm = (maxSizeInBytes = 10) =>
    createS3UploadForms({ ...s3(), clock }).create('uploads/upl_1', {
      expiresInSeconds: 60,
      maxSizeInBytes,
    });
  const send = async (fields: Readonly<Record<string, string>>, size: number) => {
    const { url } = await createForm();
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob([new Uint8Array(size)]));
    return (await fetch(url, { method: 'POST', body })).status;
  };

  it('gives a form that uploads the file under its key', async () => {
    const form = await createForm();

    expect(await send(form.fields, 10)).toBe(204);

    expect(form).toMatchObject({ method: 'POST', maxSizeInBytes: 10, url: form.url });
    expect(form.expiresAtInMs).toBe(clock.now() + 60_000);
    expect(server.objects.get('uploads/upl_1')?.bytes).toHaveLength(10);
  });

  it('holds the client to the size and the key', async () => {
    const { fields } = await createForm();

    expect(await send(fields, 11)).toBe(403);
    expect(await send(fields, 0)).toBe(403);
    expect(await send({ ...fields, key: 'uploads/upl_2' }, 5)).toBe(403);
  });
});
