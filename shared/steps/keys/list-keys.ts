import type { Caller } from '#shared/domain/api-key.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import { managedTenant } from './managed-tenant.ts';
import { type KeyView, viewKey } from './view-key.ts';

export type ListKeys = (caller: Caller, tenantId?: TenantId) => Promise<KeyView[]>;

/** The keys of a tenant, revoked and expired ones included. */
export function createListKeys(ports: {
  readonly apiKeys: ApiKeyStore;
  readonly firstTenantId: TenantId;
}): ListKeys {
  const { apiKeys, firstTenantId } = ports;
  return async (caller, named) => {
    const keys = await apiKeys.list(managedTenant(caller, { named, firstTenantId }));
    return keys.map(viewKey);
  };
}
