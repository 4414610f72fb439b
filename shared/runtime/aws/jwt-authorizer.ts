import { createJwtVerifier } from '#shared/adapters/system/jwt-verifier.ts';
import type { Caller } from '#shared/domain/api-key.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { callerOfClaims } from '#shared/steps/keys/caller-of-claims.ts';
import { requireVariable } from './variables.ts';

const tenantClaim = requireVariable(environmentNames.jwtTenantClaim);
const tokens = createJwtVerifier({
  issuer: requireVariable(environmentNames.jwtIssuer),
  audience: requireVariable(environmentNames.jwtAudience),
});

/** Who a JSON Web Token speaks for. */
export async function callerOfToken(token: string): Promise<Caller | undefined> {
  const claims = await tokens.verify(token);
  return claims === undefined ? undefined : callerOfClaims(claims, tenantClaim);
}
