import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { QuireError } from '#shared/domain/errors.ts';
import type { ObjectInfo, ObjectStore, PutOptions } from '#shared/ports/object-store.ts';
import { storeError } from './store-error.ts';

export interface S3Options {
  readonly client: S3Client;
  readonly bucketName: string;
}

const maxTries = 5;

/** Objects in a bucket. A missing object is told from a fault only with the right to list the bucket. */
export function createS3ObjectStore({ client, bucketName: Bucket }: S3Options): ObjectStore {
  return {
    async put(Key, bytes, options = {}) {
      const input = { Bucket, Key, Body: bytes, ...headersOf(options) };
      return await putObject(() => client.send(new PutObjectCommand(input)));
    },
    async get(Key) {
      return await orUndefined('GetObject', async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToByteArray();
      });
    },
    async head(Key) {
      return await orUndefined('HeadObject', async () => {
        const { ContentLength, ContentType, ETag, Metadata } = await client.send(
          new HeadObjectCommand({ Bucket, Key }),
        );
        return { ...infoOf(Key, ContentLength, ContentType), etag: ETag, metadata: Metadata };
      });
    },
    async list(Prefix) {
      const infos: ObjectInfo[] = [];
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
          infos.push(...(page.Contents ?? []).map(({ Key, Size }) => infoOf(Key ?? '', Size)));
        }
      } catch (error) {
        throw storeError('S3 ListObjectsV2', error);
      }
      return infos;
    },
    async copy(from, to, { etag } = {}) {
      const CopySource = [Bucket, ...from.split('/')].map(encodeURIComponent).join('/');
      const condition = etag === undefined ? {} : { CopySourceIfMatch: etag };
      const command = new CopyObjectCommand({ Bucket, Key: to, CopySource, ...condition });
      const copied = await orUndefined('CopyObject', () => client.send(command));
      if (copied !== undefined) return;
      throw new QuireError('object_not_found', 'Expected an object to copy; there is none.');
    },
    async delete(Key) {
      await orUndefined('DeleteObject', () =>
        client.send(new DeleteObjectCommand({ Bucket, Key })),
      );
    },
  };
}

/** `false` where there is an object already. A conditional write that meets another one under way is sent again. */
async function putObject(send: () => Promise<unknown>, triesLeft = maxTries): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (isNamed(error, 'PreconditionFailed')) return false;
    if (triesLeft > 1 && isNamed(error, 'ConditionalRequestConflict')) {
      return await putObject(send, triesLeft - 1);
    }
    throw storeError('S3 PutObject', error);
  }
}

function headersOf({ contentType, ifAbsent }: PutOptions) {
  return {
    ...(contentType === undefined ? {} : { ContentType: contentType }),
    ...(ifAbsent === true ? { IfNoneMatch: '*' } : {}),
  };
}

function infoOf(key: string, size: number | undefined, contentType?: string): ObjectInfo {
  return { key, sizeInBytes: size ?? 0, contentType };
}

/** A HEAD has no body, and with that no name but `NotFound`. The last one: a copy whose source has another ETag by now. */
const missing = ['NoSuchKey', 'NotFound', 'PreconditionFailed'];

async function orUndefined<Output>(
  operation: string,
  send: () => Promise<Output>,
): Promise<Output | undefined> {
  try {
    return await send();
  } catch (error) {
    if (isNamed(error, ...missing)) return undefined;
    throw storeError(`S3 ${operation}`, error);
  }
}

function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
