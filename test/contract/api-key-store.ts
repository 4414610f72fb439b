import { describe, expect, it } from '@jest/globals';
import type { ApiKey } from '#shared/domain/api-key.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import { keyHashOf } from '#shared/steps/keys/key-hash.ts';
import { ids, newTenantId, testTimeInMs } from '../support/tasks.ts';

/** What all stores of API keys promise. `create` gives a store that may hold keys of other tests. */
export function describeApiKeyStore(name: string, create: () => ApiKeyStore): void {
  const newKey = (overrides: Partial<ApiKey> = {}): ApiKey => ({
    keyId: ids.keyId(),
    tenantId: newTenantId(),
    name: 'nightly reports',
    scopes: ['read', 'write'],
    hash: keyHashOf(ids.apiKey()),
    createdAtInMs: testTimeInMs,
    ...overrides,
  });

  describe(`API key store contract: ${name}`, () => {
    it('finds a key by its hash, as it was stored, and no other', async () => {
      const store = create();
      const key = newKey({ expiresAtInMs: testTimeInMs + 1 });

      expect(await store.create(key)).toBe(true);

      expect(await store.find(key.hash)).toEqual(key);
      expect(await store.find(keyHashOf('another'))).toBeUndefined();
    });

    it('stores a key once however often it is sent, and never over another', async () => {
      const store = create();
      const key = newKey();
      await store.create(key);

      expect(await store.create(key)).toBe(true);
      expect(await store.create(newKey({ hash: key.hash }))).toBe(false);
      expect(await store.find(key.hash)).toEqual(key);
    });

    it('lists the keys of one tenant, oldest first', async () => {
      const store = create();
      const tenantId = newTenantId();
      const [younger, older] = [
        newKey({ tenantId, createdAtInMs: testTimeInMs + 5 }),
        newKey({ tenantId }),
      ];
      for (const key of [younger, older, newKey()]) await store.create(key);

      expect(await store.list(tenantId)).toEqual([older, younger]);
      expect(await store.list(newTenantId())).toEqual([]);
    });

    it('revokes a key of the tenant for good, and the first time counts', async () => {
      const store = create();
      const key = newKey();
      await store.create(key);

      expect(await store.revoke(key, testTimeInMs + 1)).toBe(true);
      expect(await store.revoke(key, testTimeInMs + 2)).toBe(true);

      expect(await store.find(key.hash)).toEqual({ ...key, revokedAtInMs: testTimeInMs + 1 });
      expect(await store.list(key.tenantId)).toEqual([await store.find(key.hash)]);
    });

    it('revokes nothing of another tenant, and nothing that is not there', async () => {
      const store = create();
      const key = newKey();
      await store.create(key);

      expect(await store.revoke({ ...key, tenantId: newTenantId() }, testTimeInMs)).toBe(false);
      expect(await store.revoke({ ...key, keyId: ids.keyId() }, testTimeInMs)).toBe(false);

      expect(await store.find(key.hash)).toEqual(key);
    });

    it('notes a use, unless one was noted lately', async () => {
      const store = create();
      const key = newKey();
      await store.create(key);
      const noted = async (nowInMs: number) => {
        await store.noteUse(key.hash, { nowInMs, unlessAfterInMs: nowInMs - 100 });
        return (await store.find(key.hash))?.lastUsedAtInMs;
      };

      expect([await noted(1_000), await noted(1_099), await noted(1_100)]).toEqual([
        1_000, 1_000, 1_100,
      ]);
    });

    it('makes no key of a use', async () => {
      const store = create();
      const hash = keyHashOf(ids.apiKey());

      await store.noteUse(hash, { nowInMs: 1, unlessAfterInMs: 0 });

      expect(await store.find(hash)).toBeUndefined();
    });
  });
}
