import { callerOfKey } from '#shared/runtime/aws/authorizer.ts';
import { type AuthorizerRequest, answer } from './authorizer-policy.ts';

/** Checks API keys for API Gateway, which keeps the answer for a key for a minute. */
export async function handler(request: AuthorizerRequest) {
  return await answer(request, callerOfKey);
}
