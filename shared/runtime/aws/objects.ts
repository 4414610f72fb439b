import { createS3Client } from '#shared/adapters/aws/s3-client.ts';
import { createS3ObjectStore } from '#shared/adapters/aws/s3-object-store.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { requireVariable } from './variables.ts';

/** Client and name of the bucket. */
export const s3 = {
  client: createS3Client(),
  bucketName: requireVariable(environmentNames.bucket),
};

export const objects = createS3ObjectStore(s3);
