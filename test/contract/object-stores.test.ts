import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { createS3Client } from '#shared/adapters/aws/s3-client.ts';
import { createS3ObjectStore } from '#shared/adapters/aws/s3-object-store.ts';
import { createFileObjectStore } from '#shared/adapters/local/file-object-store.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { describeObjectStore } from './object-store.ts';

describe('files', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quire-objects-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  describeObjectStore('files', () => createFileObjectStore({ directory }));
});

describe('S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(async () => {
    await server.close();
  });

  describeObjectStore('S3', () =>
    createS3ObjectStore({
      client: createS3Client({ endpoint: server.endpoint }),
      bucketName: 'documents',
    }),
  );
});
