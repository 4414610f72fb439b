import { callerOfToken } from '#shared/runtime/aws/jwt-authorizer.ts';
import { type AuthorizerRequest, answer } from './authorizer-policy.ts';

/** Checks JSON Web Tokens for API Gateway, which keeps the answer for a token for a minute. */
export async function handler(request: AuthorizerRequest) {
  return await answer(request, callerOfToken);
}
