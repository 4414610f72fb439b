import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { stateTable } from '#shared/domain/table.ts';
import { storeError } from '../store-error.ts';

/** Creates the table on a local server, where no stack has. A table that is there already stays as it is. */
export async function ensureTable(options: {
  client: DynamoDBClient;
  tableName: string;
}): Promise<void> {
  const { client, tableName } = options;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes.map((name) => ({
          AttributeName: name,
          AttributeType: 'S',
        })),
        KeySchema: keySchema(stateTable),
        GlobalSecondaryIndexes: Object.entries(stateTable.indexes).map(([name, key]) => ({
          IndexName: name,
          KeySchema: keySchema(key),
          Projection: projectionOf(key.projected),
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw storeError('DynamoDB CreateTable', error);
  }
  const wait = { client, minDelay: 1, maxDelay: 1, maxWaitTime: 20 };
  await waitUntilTableExists(wait, { TableName: tableName });
}

function projectionOf(projected: readonly string[]) {
  return projected.length === 0
    ? { ProjectionType: 'KEYS_ONLY' as const }
    : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projected] };
}

interface KeyNames {
  readonly partitionKey: string;
  readonly sortKey: string;
}

const attributes = [stateTable, ...Object.values(stateTable.indexes)].flatMap((key: KeyNames) => [
  key.partitionKey,
  key.sortKey,
]);

function keySchema(key: KeyNames) {
  return [
    { AttributeName: key.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: key.sortKey, KeyType: 'RANGE' as const },
  ];
}
