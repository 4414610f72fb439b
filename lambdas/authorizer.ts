import { deployedTenantId } from '#shared/domain/environment.ts';
import { isKnownKey } from '#shared/runtime/aws/authorizer.ts';
import { policyFor } from './authorizer-policy.ts';

/** Answers API Gateway, which keeps the answer for the token for a few minutes. */
export async function handler(event: { authorizationToken: string; methodArn: string }) {
  const token = event.authorizationToken.replace(/^Bearer\s+/i, '');
  const effect = (await isKnownKey(token)) ? 'Allow' : 'Deny';
  return policyFor(effect, { methodArn: event.methodArn, tenantId: deployedTenantId });
}
