import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { explained } from './account.ts';
import type { Leftover } from './leftovers.ts';

/** Days in which a deleted secret or key can be had back: the shortest that AWS offers. */
const recoveryInDays = 7;

/** Those that have not been deleted since, of the kinds that can be deleted here. */
export async function stillThere(leftovers: readonly Leftover[]): Promise<readonly Leftover[]> {
  const checked = await Promise.all(
    leftovers.map(async (each) => ((await isThere(each)) ? [each] : [])),
  );
  return checked.flat();
}

/** Deletes for good what the removal of a stack has kept, and says what became of each. */
export async function deleteStored(
  leftovers: readonly Leftover[],
  say: (line: string) => void,
): Promise<void> {
  // The key last: without it nothing of the rest could be read any more, should something go wrong.
  const keysLast = [...leftovers].sort((one, other) => rank(one) - rank(other));
  for (const { type, physicalId } of keysLast) {
    const remove = kinds[type]?.remove;
    const outcome = remove === undefined ? byHand : await outcomeOf(remove, physicalId);
    say(`${physicalId}: ${outcome}`);
  }
}

interface Kind {
  exists(physicalId: string): Promise<boolean>;
  /** Gives what to say about it. */
  remove(physicalId: string): Promise<string>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::S3::Bucket': { exists: bucketExists, remove: deleteBucket },
  'AWS::DynamoDB::Table': { exists: tableExists, remove: deleteTable },
  'AWS::SecretsManager::Secret': { exists: secretExists, remove: deleteSecret },
  'AWS::KMS::Key': { exists: keyExists, remove: deleteKey },
};

const byHand = 'stays; delete it by hand once nothing else needs it';

function rank({ type }: Leftover): number {
  return type === 'AWS::KMS::Key' ? 1 : 0;
}

async function isThere({ type, physicalId }: Leftover): Promise<boolean> {
  const kind = kinds[type];
  if (kind === undefined) return false;
  try {
    return await explained(() => kind.exists(physicalId));
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

async function outcomeOf(
  remove: (physicalId: string) => Promise<string>,
  physicalId: string,
): Promise<string> {
  try {
    return await explained(() => remove(physicalId));
  } catch (error) {
    if (isGone(error)) return 'gone already';
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const gone = /^(NoSuchBucket|NotFound|NotFoundException|ResourceNotFoundException)$/;
  return error instanceof Error && gone.test(error.name);
}

function objectStore(): S3Client {
  // What stands in for S3 on one machine has no name for each bucket.
  const isStandIn = process.env['AWS_ENDPOINT_URL_S3'] !== undefined;
  return new S3Client({ forcePathStyle: isStandIn });
}

async function bucketExists(Bucket: string): Promise<boolean> {
  await objectStore().send(new HeadBucketCommand({ Bucket }));
  return true;
}

async function deleteBucket(Bucket: string): Promise<string> {
  const client = objectStore();
  let count = 0;
  for (;;) {
    // Always the first page: what was listed before is gone.
    const page = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (listed.length === 0) break;
    const Objects = listed.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors: [first] = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (first !== undefined) throw new Error(`Expected to empty ${Bucket}, got ${first.Code}.`);
    count += listed.length;
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
  return `deleted with ${count} objects`;
}

async function tableExists(TableName: string): Promise<boolean> {
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName }));
  return Table?.TableStatus !== 'DELETING';
}

async function deleteTable(TableName: string): Promise<string> {
  const client = new DynamoDBClient({});
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.DeletionProtectionEnabled === true) {
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  }
  await client.send(new DeleteTableCommand({ TableName }));
  return 'deleted';
}

async function secretExists(SecretId: string): Promise<boolean> {
  const { DeletedDate } = await new SecretsManagerClient({}).send(
    new DescribeSecretCommand({ SecretId }),
  );
  return DeletedDate === undefined;
}

async function deleteSecret(SecretId: string): Promise<string> {
  const request = { SecretId, RecoveryWindowInDays: recoveryInDays };
  await new SecretsManagerClient({}).send(new DeleteSecretCommand(request));
  return `gone in ${recoveryInDays} days`;
}

async function keyExists(KeyId: string): Promise<boolean> {
  const { KeyMetadata } = await new KMSClient({}).send(new DescribeKeyCommand({ KeyId }));
  return KeyMetadata?.KeyState !== 'PendingDeletion';
}

async function deleteKey(KeyId: string): Promise<string> {
  const request = { KeyId, PendingWindowInDays: recoveryInDays };
  await new KMSClient({}).send(new ScheduleKeyDeletionCommand(request));
  return `gone in ${recoveryInDays} days`;
}
