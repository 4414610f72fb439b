import { describe, expect, it } from '@jest/globals';
import type { ApiKey, Caller } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { TenantId } from '#shared/domain/ids.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import { createKeyUseCases } from '#shared/runtime/key-use-cases.ts';
import { createAuthenticate } from '#shared/steps/keys/authenticate.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { createRecordingLogger } from '../../../support/silent-logger.ts';
import { ids, testTimeInMs } from '../../../support/tasks.ts';

const firstTenantId = TenantId.parse('default');
const acme = TenantId.parse('acme');
const first: Caller = { tenantId: firstTenantId, keyId: 'default', scopes: ['admin'] };
const admin: Caller = { ...first, tenantId: acme };
const dayInMs = 86_400_000;

/** Keys in memory, which the contract suite holds the real store to. */
function createRig() {
  const stored = new Map<string, ApiKey>();
  const uses: number[] = [];
  const rig = { isBroken: false };
  const apiKeys: ApiKeyStore = {
    create: async (key) => stored.size < stored.set(key.hash, key).size,
    find: async (hash) => stored.get(hash),
    list: async (tenantId) => [...stored.values()].filter((key) => key.tenantId === tenantId),
    async revoke({ tenantId, keyId }, revokedAtInMs) {
      const key = (await apiKeys.list(tenantId)).find((each) => each.keyId === keyId);
      if (key !== undefined) stored.set(key.hash, { ...key, revokedAtInMs });
      return key !== undefined;
    },
    async noteUse(hash, { nowInMs }) {
      if (rig.isBroken) throw new QuireError('store_unavailable', 'Expected an answer.');
      const key = stored.get(hash);
      uses.push(nowInMs);
      if (key !== undefined) stored.set(hash, { ...key, lastUsedAtInMs: nowInMs });
    },
  };
  const clock = createManualClock(testTimeInMs);
  const logger = createRecordingLogger();
  const ports = { apiKeys, clock, ids, logger, firstTenantId };
  const firstKey = { tenantId: firstTenantId, isKnown: (token: string) => token === 'qk_first' };
  const authenticate = createAuthenticate({ ...ports, firstKey });
  return { ...createKeyUseCases(ports), authenticate, rig, stored, uses, clock, logger };
}

const wanted = { name: 'reports', scopes: ['read', 'read', 'write'] } as const;

describe('a new key', () => {
  it('is known by the secret that is shown once; only its hash is kept, and nothing of it is logged', async () => {
    const { createKey, listKeys, authenticate, stored, logger } = createRig();

    const { key: secret, ...view } = await createKey(admin, wanted);

    expect(secret).toMatch(/^qk_[0-9A-Za-z]{43}$/);
    expect(await authenticate(secret)).toEqual({
      tenantId: acme,
      keyId: view.keyId,
      scopes: ['read', 'write'],
    });
    const [hash = ''] = stored.keys();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const seen = JSON.stringify([[...stored.values()], logger.lines, await listKeys(admin)]);
    expect(seen).not.toContain(secret.slice(3));
    expect(JSON.stringify([view, await listKeys(admin)])).not.toContain(hash);
  });

  it('ends when it has lived its days', async () => {
    const { createKey, authenticate, clock } = createRig();
    const { key, expiresAt } = await createKey(admin, { ...wanted, expiresInDays: 2 });

    expect(expiresAt).toBe('2026-11-23T00:00:00.000Z');
    clock.advance(2 * dayInMs - 1);
    expect(await authenticate(key)).toBeDefined();
    clock.advance(1);
    expect(await authenticate(key)).toBeUndefined();
  });

  it('is of another tenant only where an admin of the first one names it', async () => {
    const { createKey, listKeys, revokeKey } = createRig();

    const key = await createKey(first, { ...wanted, tenantId: acme });

    expect(key.tenant).toBe('acme');
    expect((await listKeys(admin)).map(({ keyId }) => keyId)).toEqual([key.keyId]);
    expect(await listKeys(first, acme)).toEqual(await listKeys(admin));
    expect(await listKeys(first)).toEqual([]);
    const outside = [
      createKey(admin, { ...wanted, tenantId: firstTenantId }),
      listKeys(admin, firstTenantId),
      revokeKey(admin, { id: key.keyId, tenantId: firstTenantId }),
    ];
    for (const attempt of outside) {
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

describe('a revoked key', () => {
  it('is nobody’s from then on; revoking it again is no error', async () => {
    const { createKey, revokeKey, listKeys, authenticate } = createRig();
    const { key, keyId: id } = await createKey(admin, wanted);
    expect(await authenticate(key)).toBeDefined();

    await revokeKey(admin, { id });
    await revokeKey(admin, { id });

    expect(await authenticate(key)).toBeUndefined();
    expect((await listKeys(admin)).map(({ revokedAt }) => revokedAt)).toEqual([
      '2026-11-21T00:00:00.000Z',
    ]);
  });

  it('is one of the admin’s own tenant: others are not there', async () => {
    const { createKey, revokeKey, authenticate } = createRig();
    const { key, keyId } = await createKey(first, wanted);

    for (const id of [keyId, 'key_none', ids.keyId()]) {
      await expect(revokeKey(admin, { id })).rejects.toMatchObject({ code: 'key_not_found' });
    }
    expect(await authenticate(key)).toBeDefined();
  });
});

describe('a token', () => {
  it('is nobody’s where no key has its hash, and the first key is admin of the first tenant', async () => {
    const { authenticate } = createRig();

    expect(await authenticate('qk_first')).toEqual(first);
    for (const token of ['', 'qk_', 'qk_wrong', ids.apiKey()]) {
      expect(await authenticate(token)).toBeUndefined();
    }
  });

  it('has its last use noted once an hour', async () => {
    const { createKey, authenticate, uses, clock } = createRig();
    const { key } = await createKey(admin, wanted);

    for (let minutes = 0; minutes < 120; minutes += 20) {
      await authenticate(key);
      clock.advance(20 * 60_000);
    }

    expect(uses).toEqual([testTimeInMs, testTimeInMs + 3_600_000]);
  });

  it('is accepted also where its use cannot be noted', async () => {
    const { createKey, authenticate, rig, logger } = createRig();
    const { key, keyId } = await createKey(admin, wanted);
    rig.isBroken = true;

    expect(await authenticate(key)).toMatchObject({ keyId });
    expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', event: 'key-use-not-noted' });
  });
});
