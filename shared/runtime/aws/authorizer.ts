import { createDynamoApiKeyStore } from '#shared/adapters/aws/dynamo/api-key-store.ts';
import { createDynamoClient } from '#shared/adapters/aws/dynamo/client.ts';
import { createSecretText } from '#shared/adapters/aws/secret-text.ts';
import { deployedTenantId, environmentNames } from '#shared/domain/environment.ts';
import { TenantId } from '#shared/domain/ids.ts';
import { createAuthenticate } from '#shared/steps/keys/authenticate.ts';
import { createApiKeys } from './api-keys.ts';
import { clock, logger } from './platform.ts';
import { requireVariable } from './variables.ts';

const firstKeys = createApiKeys({
  readSecret: createSecretText(requireVariable(environmentNames.apiKeySecret)),
  clock,
});

/** Whose API key a token is: one of those in the secret, which are admins, or one that was made with them. */
export const callerOfKey = createAuthenticate({
  apiKeys: createDynamoApiKeyStore({
    client: createDynamoClient(),
    tableName: requireVariable(environmentNames.table),
  }),
  firstKey: {
    tenantId: TenantId.parse(deployedTenantId),
    isKnown: (token) => firstKeys.isKnown(token),
  },
  clock,
  logger,
});
