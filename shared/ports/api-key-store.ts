import type { ApiKey } from '#shared/domain/api-key.ts';
import type { KeyId, TenantId } from '#shared/domain/ids.ts';

/** The API keys of all tenants, found by the hash of their secrets. Errors: `store_unavailable`. */
export interface ApiKeyStore {
  /** `false` where there is a key with this hash already; that one stays. */
  create(key: ApiKey): Promise<boolean>;
  /** As it is now: a key that was revoked before is found revoked. */
  find(hash: string): Promise<ApiKey | undefined>;
  /** All keys of a tenant, oldest first, revoked ones included; what has just changed may show a moment later. */
  list(tenantId: TenantId): Promise<readonly ApiKey[]>;
  /** Ends a key for good; the first time counts. `false` where the tenant has no such key. */
  revoke(key: { tenantId: TenantId; keyId: KeyId }, nowInMs: number): Promise<boolean>;
  /** Notes a use, unless one was noted after `unlessAfterInMs`. */
  noteUse(hash: string, use: { nowInMs: number; unlessAfterInMs: number }): Promise<void>;
}
