import type { ApiKey, Scope } from '#shared/domain/api-key.ts';
import { isoOf } from '#shared/domain/time.ts';

/** A key as people may see it: neither secret nor hash. */
export interface KeyView {
  readonly keyId: string;
  readonly name: string;
  readonly tenant: string;
  readonly scopes: Scope[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
}

export function viewKey(key: ApiKey): KeyView {
  return {
    keyId: key.keyId,
    name: key.name,
    tenant: key.tenantId,
    scopes: [...key.scopes],
    createdAt: isoOf(key.createdAtInMs),
    ...(key.expiresAtInMs === undefined ? {} : { expiresAt: isoOf(key.expiresAtInMs) }),
    ...(key.lastUsedAtInMs === undefined ? {} : { lastUsedAt: isoOf(key.lastUsedAtInMs) }),
    ...(key.revokedAtInMs === undefined ? {} : { revokedAt: isoOf(key.revokedAtInMs) }),
  };
}
