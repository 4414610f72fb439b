import type { Caller } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { KeyId, type TenantId } from '#shared/domain/ids.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { managedTenant } from './managed-tenant.ts';

export type RevokeKey = (
  caller: Caller,
  key: { readonly id: string; readonly tenantId?: TenantId | undefined },
) => Promise<void>;

/** Ends a key. Doing it again is no error; the key of another tenant is not there. */
export function createRevokeKey(ports: {
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly firstTenantId: TenantId;
}): RevokeKey {
  const { apiKeys, clock, logger, firstTenantId } = ports;
  return async (caller, { id, tenantId: named }) => {
    const tenantId = managedTenant(caller, { named, firstTenantId });
    const keyId = KeyId.safeParse(id).data;
    const isRevoked =
      keyId !== undefined && (await apiKeys.revoke({ tenantId, keyId }, clock.now()));
    if (!isRevoked) {
      throw new QuireError(
        'key_not_found',
        'Expected the id of an API key, found none with the given one.',
      );
    }
    logger.info('key-revoked', { keyId, tenantId, by: caller.keyId });
  };
}
