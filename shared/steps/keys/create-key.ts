import type { ApiKey, Caller, Scope } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';
import type { ApiKeyStore } from '#shared/ports/api-key-store.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { Ids } from '#shared/ports/ids.ts';
import type { Logger } from '#shared/ports/logger.ts';
import { keyHashOf } from './key-hash.ts';
import { managedTenant } from './managed-tenant.ts';
import { type KeyView, viewKey } from './view-key.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Another tenant than the caller's; it comes to be with its first key. */
  readonly tenantId?: TenantId | undefined;
  readonly expiresInDays?: number | undefined;
}

/** The key with its secret, which is shown here and nowhere again. */
export type CreatedKey = KeyView & { readonly key: string };

export type CreateKey = (caller: Caller, wanted: NewKey) => Promise<CreatedKey>;

const dayInMs = 86_400_000;

/** Makes a key. Only its hash is stored. */
export function createCreateKey(ports: {
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly firstTenantId: TenantId;
}): CreateKey {
  const { apiKeys, clock, ids, logger, firstTenantId } = ports;
  return async (caller, { name, scopes, tenantId: named, expiresInDays }) => {
    const tenantId = managedTenant(caller, { named, firstTenantId });
    const secret = ids.apiKey();
    const createdAtInMs = clock.now();
    const key: ApiKey = {
      keyId: ids.keyId(),
      tenantId,
      name,
      scopes: [...new Set(scopes)],
      hash: keyHashOf(secret),
      createdAtInMs,
      ...(expiresInDays === undefined
        ? {}
        : { expiresAtInMs: createdAtInMs + expiresInDays * dayInMs }),
    };
    if (!(await apiKeys.create(key))) throw secretExists();
    const { keyId } = key;
    logger.info('key-created', { keyId, tenantId, scopes: key.scopes.join(' '), by: caller.keyId });
    return { ...viewKey(key), key: secret };
  };
}

/** Among 2^256 secrets this is a broken generator. */
function secretExists(): QuireError {
  return new QuireError(
    'internal_error',
    'Expected a new secret, got one that exists; see the source of random numbers of the machine.',
  );
}
