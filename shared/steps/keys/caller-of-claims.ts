import { type Caller, Scope } from '#shared/domain/api-key.ts';
import { TenantId } from '#shared/domain/ids.ts';
import type { Claims } from '#shared/ports/token-verifier.ts';
import { keyHashOf } from './key-hash.ts';

/** How the scopes of other services in the same token are told from ours. */
const ours = 'quire:';

/**
 * Who a verified token speaks for. `undefined` where it names no tenant, no subject or nothing that it may do here: none of these is guessed, since
 * the tenant that a deployment begins with manages all others.
 */
export function callerOfClaims(claims: Claims, tenantClaim: string): Caller | undefined {
  const { sub, iss, scope } = claims;
  const tenantId = TenantId.safeParse(claims[tenantClaim]).data;
  const scopes = typeof scope === 'string' ? scopesIn(scope) : [];
  if (tenantId === undefined || typeof sub !== 'string' || scopes.length === 0) return undefined;
  // A hash, since subjects are often addresses of people.
  return { tenantId, keyId: `jwt_${keyHashOf(`${iss} ${sub}`).slice(0, 26)}`, scopes };
}

function scopesIn(scope: string): Scope[] {
  const names = scope.split(' ').filter((name) => name.startsWith(ours));
  return Scope.options.filter((option) => names.includes(`${ours}${option}`));
}
