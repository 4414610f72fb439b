import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { QuireError } from '#shared/domain/errors.ts';
import { storeError } from './store-error.ts';

/** The text of a secret as bytes, for a key of a signature. Errors: `store_unavailable`. */
export function createSecretBytes(
  secretArn: string,
  client: Pick<SecretsManagerClient, 'send'>,
): () => Promise<Uint8Array> {
  const read = createSecretText(secretArn, client);
  return async () => {
    try {
      const text = (await read()) ?? '';
      if (text !== '') return new TextEncoder().encode(text);
    } catch (error) {
      throw storeError('Secrets Manager GetSecretValue', error);
    }
    throw new QuireError(
      'store_unavailable',
      'Expected the secret of the callbacks to hold a text; it is empty. Let Secrets Manager generate one.',
    );
  };
}

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
