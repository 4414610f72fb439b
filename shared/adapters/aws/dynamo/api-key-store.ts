import { ApiKey } from '#shared/domain/api-key.ts';
import { stateTable } from '#shared/domain/table.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import { itemsAt, keyOfEntry } from './index-entries.ts';
import { apiKeysPartition, keys } from './keys.ts';
import { parseItem } from './parse-item.ts';
import { createStateTable, type DynamoOptions, type Item } from './table.ts';

const { byTenant } = stateTable.indexes;
const { lastUse } = stateTable.apiKeys;

/** API keys in DynamoDB: one item each under its hash, listed through the index by tenant. They never expire from the table. */
export function createDynamoApiKeyStore(options: DynamoOptions): ApiKeyStore {
  const table = createStateTable(options);
  return {
    async create(key) {
      const index = {
        [byTenant.partitionKey]: apiKeysPartition(key.tenantId),
        [byTenant.sortKey]: key.keyId,
      };
      return await table.put(
        { ...keys.apiKey(key.hash), ...index, ...key },
        // A request that was carried out and sent again, for want of an answer, finds its own key.
        { condition: 'attribute_not_exists(#pk) OR #keyId = :keyId', values: { keyId: key.keyId } },
      );
    },
    async find(hash) {
      const item = await table.get(keys.apiKey(hash));
      return item === undefined ? undefined : keyOf(item);
    },
    async list(tenantId) {
      const items = await table.queryAll({
        index: 'byTenant',
        condition: `#${byTenant.partitionKey} = :partition`,
        values: { partition: apiKeysPartition(tenantId) },
      });
      const stored = (await itemsAt(table, items)).map(keyOf);
      return stored.sort((one, other) => one.createdAtInMs - other.createdAtInMs);
    },
    async revoke({ tenantId, keyId }, nowInMs) {
      const { items } = await table.query({
        index: 'byTenant',
        condition: `#${byTenant.partitionKey} = :partition AND #${byTenant.sortKey} = :keyId`,
        values: { partition: apiKeysPartition(tenantId), keyId },
      });
      const [item] = items;
      if (item === undefined) return false;
      const revoked = await table.change({
        key: keyOfEntry(item),
        update: 'SET #revokedAtInMs = if_not_exists(#revokedAtInMs, :now)',
        condition: 'attribute_exists(#pk)',
        values: { now: nowInMs },
      });
      return revoked !== undefined;
    },
    async noteUse(hash, { nowInMs, unlessAfterInMs }) {
      // Returns nothing of the item and touches nothing else: whoever may only do this needs no further right.
      await table.count({
        key: keys.apiKey(hash),
        update: `SET #${lastUse} = :now`,
        condition: `attribute_exists(#pk) AND (attribute_not_exists(#${lastUse}) OR #${lastUse} <= :before)`,
        values: { now: nowInMs, before: unlessAfterInMs },
      });
    },
  };
}

function keyOf(item: Item): ApiKey {
  return parseItem(ApiKey, item, 'API key');
}
