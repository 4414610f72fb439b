import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';

const requestHandler = {
  connectionTimeout: 2_000,
  requestTimeout: 5_000,
  throwOnRequestTimeout: true,
};

/** A client of Step Functions with time-outs. */
export function createStepFunctionsClient(): SFNClient {
  return new SFNClient({ maxAttempts: 5, requestHandler });
}

/** A client of Secrets Manager with time-outs. */
export function createSecretsManagerClient(): SecretsManagerClient {
  return new SecretsManagerClient({ maxAttempts: 5, requestHandler });
}
