import type { Caller } from '#shared/domain/api-key.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { TenantId } from '#shared/domain/ids.ts';

/** Whose keys an admin manages: its own tenant's, and those of the one it names if it is of the tenant that a deployment begins with. */
export function managedTenant(
  caller: Caller,
  { named, firstTenantId }: { named: TenantId | undefined; firstTenantId: TenantId },
): TenantId {
  const tenantId = named ?? caller.tenantId;
  if (tenantId === caller.tenantId || caller.tenantId === firstTenantId) return tenantId;
  throw new QuireError(
    'forbidden',
    `Expected an admin of the tenant “${firstTenantId}” to name another tenant; admins of others manage their own keys only.`,
  );
}
