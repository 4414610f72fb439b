import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

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

/** A client of SQS with time-outs, in the region of the machine or of a queue. */
export function createSqsClient(region?: string): SQSClient {
  return new SQSClient({
    maxAttempts: 5,
    requestHandler,
    ...(region === undefined ? {} : { region }),
  });
}
