import { createSecretText } from '#shared/adapters/aws/secret-text.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { createApiKeys } from './api-keys.ts';

const apiKeys = createApiKeys({
  readSecret: createSecretText(process.env[environmentNames.apiKeySecret] ?? ''),
  clock: { now: () => Date.now() },
});

/** Whether a bearer token is one of the API keys of the stack. */
export function isKnownKey(token: string): Promise<boolean> {
  return apiKeys.isKnown(token);
}
