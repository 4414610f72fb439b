import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Options } from './s3-object-store.ts';

const expiresInSeconds = 300;

/** URLs from which S3 itself hands out an artifact: an answer of Lambda carries 6 MB at most. */
export function createS3DownloadUrl({
  client,
  bucketName,
}: S3Options): (key: string, name: string) => Promise<string> {
  return (key, name) => {
    const ResponseContentDisposition = `attachment; filename="${name}"`;
    const command = new GetObjectCommand({
      Bucket: bucketName,
      Key: key,
      ResponseContentDisposition,
    });
    return getSignedUrl(client, command, { expiresIn: expiresInSeconds });
  };
}
