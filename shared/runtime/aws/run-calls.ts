import { createDynamoAnswerIndex } from '#shared/adapters/aws/dynamo/answer-index.ts';
import { createDynamoCircuitBreaker } from '#shared/adapters/aws/dynamo/circuit-breaker.ts';
import { createDynamoConcurrencySlots } from '#shared/adapters/aws/dynamo/concurrency-slots.ts';
import { createDynamoProviderGate } from '#shared/adapters/aws/dynamo/provider-gate.ts';
import { createSecretsManagerSecrets } from '#shared/adapters/aws/secrets-manager-secrets.ts';
import { createSecretsManagerClient } from '#shared/adapters/aws/service-clients.ts';
import { environmentNames, providerSecretVariable } from '#shared/domain/environment.ts';
import { createRunCalls } from '#shared/steps/run-calls.ts';
import { callSettingsOf } from '../call-settings.ts';
import { callbackUrlsOf } from '../callback-urls.ts';
import { createModels } from '../models.ts';
import { configurableProviders, providerSettings } from '../provider-settings.ts';
import { findWorkflow } from './catalog.ts';
import { createDeliveryKey } from './delivery-key.ts';
import { objects } from './objects.ts';
import { clock, ids, logger, metrics } from './platform.ts';
import { calls, dynamo, ledger, tasks, waits } from './state.ts';

/** A provider is enabled where the stack has given the function its secret. */
const secretIds = Object.fromEntries(
  configurableProviders.flatMap((provider) => {
    const arn = process.env[providerSecretVariable(provider)];
    return arn === undefined ? [] : [[provider, arn]];
  }),
);

export const runCalls = createRunCalls({
  tasks,
  calls,
  answers: createDynamoAnswerIndex(dynamo),
  ledger,
  waits,
  objects,
  gate: createDynamoProviderGate(dynamo),
  // One environment of the function runs one worker at a time, and may run many one after the other.
  slots: createDynamoConcurrencySlots({ ...dynamo, clock, holder: ids.requestId() }),
  circuit: createDynamoCircuitBreaker(dynamo),
  models: createModels(
    providerSettings(process.env, (provider) => secretIds[provider] !== undefined),
    {
      secrets: createSecretsManagerSecrets({
        client: createSecretsManagerClient(),
        secretIds,
        clock,
      }),
      clock,
    },
  ),
  clock,
  ids,
  logger,
  metrics,
  random: Math.random,
  settings: callSettingsOf(process.env),
  callbackUrlOf: callbackUrlsOf(process.env, {
    readKey: createDeliveryKey(process.env[environmentNames.webhookSecret] ?? ''),
    clock,
  }),
  findWorkflow,
});
