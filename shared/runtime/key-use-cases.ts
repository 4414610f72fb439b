import type { TenantId } from '#shared/domain/ids.ts';
import type { KeyUseCases } from '#shared/http/dependencies.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { createCreateKey } from '#shared/steps/keys/create-key.ts';
import { createListKeys } from '#shared/steps/keys/list-keys.ts';
import { createRevokeKey } from '#shared/steps/keys/revoke-key.ts';

/** What the API does with keys; the same here and in AWS but for the tenant that it began with. */
export function createKeyUseCases(ports: {
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly firstTenantId: TenantId;
}): KeyUseCases {
  return {
    createKey: createCreateKey(ports),
    listKeys: createListKeys(ports),
    revokeKey: createRevokeKey(ports),
  };
}
