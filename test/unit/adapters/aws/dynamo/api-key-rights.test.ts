import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createDynamoApiKeyStore } from '#shared/adapters/aws/dynamo/api-key-store.ts';
import { stateTable } from '#shared/domain/table.ts';
import { startJsonService, testClientSettings } from '../../../../support/json-service.ts';

interface SentInput {
  readonly Key: { readonly pk: { readonly S: string } };
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ReturnValues?: string;
}

describe('what the authorizer asks of the table', () => {
  it('is what its policy allows: items of keys, and of them to write the last use and be shown nothing', async () => {
    const service = await startJsonService(() => ({ body: {} }));
    const client = new DynamoDBClient(testClientSettings(service.endpoint));
    const store = createDynamoApiKeyStore({ client, tableName: 'quire' });

    await store.find('a'.repeat(64));
    await store.noteUse('a'.repeat(64), { nowInMs: 2, unlessAfterInMs: 1 });

    expect(service.requests.map(({ operation }) => operation)).toEqual(['GetItem', 'UpdateItem']);
    const inputs = service.requests.map(({ input }) => input as SentInput);
    for (const { Key } of inputs) expect(Key.pk.S).toMatch(/^KEY#/);
    const [, update] = inputs;
    const allowed = [stateTable.partitionKey, stateTable.sortKey, stateTable.apiKeys.lastUse];
    expect(allowed).toEqual(
      expect.arrayContaining(Object.values(update?.ExpressionAttributeNames ?? {})),
    );
    expect(update?.ReturnValues ?? 'NONE').toBe('NONE');
    client.destroy();
    await service.close();
  });
});
