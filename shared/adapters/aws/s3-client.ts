import { S3Client } from '@aws-sdk/client-s3';

/** A client with time-outs: without them a lost connection would hold a step until Lambda stops it. */
export function createS3Client(options: { endpoint?: string } = {}): S3Client {
  const { endpoint } = options;
  return new S3Client({
    maxAttempts: 5,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      httpsAgent: { maxSockets: 100 },
    },
    ...(endpoint === undefined ? {} : { endpoint, ...localIdentity }),
  });
}

const localIdentity = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  forcePathStyle: true,
};
