import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads the text of one secret, past every cache. `undefined` where it holds none. */
export function createSecretText(
  secretArn: string,
  client: Pick<SecretsManagerClient, 'send'> = new SecretsManagerClient(),
): () => Promise<string | undefined> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return SecretString;
  };
}
