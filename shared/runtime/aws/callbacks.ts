import { createDynamoCallbackStore } from '#shared/adapters/aws/dynamo/callback-store.ts';
import { createSecretBytes } from '#shared/adapters/aws/secret-text.ts';
import { createSecretsManagerClient } from '#shared/adapters/aws/service-clients.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { createCallbackSecrets } from '#shared/steps/tasks/callback-secrets.ts';
import { clock } from './platform.ts';
import { dynamo } from './state.ts';
import { requireVariable } from './variables.ts';

export const callbacks = createDynamoCallbackStore(dynamo);

export const callbackSecrets = createCallbackSecrets({
  readMaster: createSecretBytes(
    requireVariable(environmentNames.callbackSecret),
    createSecretsManagerClient(),
  ),
  clock,
});
