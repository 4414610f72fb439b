import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSecretBytes } from '#shared/adapters/aws/secret-text.ts';
import {
  type JsonReply,
  type JsonService,
  serviceError,
  startJsonService,
  testClientSettings,
} from '../../../support/json-service.ts';

let service: JsonService | undefined;
afterEach(async () => {
  await service?.close();
});

async function bytesOver(reply: JsonReply) {
  service = await startJsonService(() => reply);
  const client = new SecretsManagerClient(testClientSettings(service.endpoint));
  return createSecretBytes('arn:of-the-callbacks', client);
}

describe('the bytes of a secret', () => {
  it('are those of its text', async () => {
    const read = await bytesOver({ body: { SecretString: 'Abc123' } });

    expect(await read()).toEqual(new TextEncoder().encode('Abc123'));
  });

  it.each([
    ['an empty one', 'store_unavailable', { body: {} }],
    ['a fault of the service', 'store_unavailable', { status: 500, body: { __type: 'Internal' } }],
    ['a missing right', 'internal_error', serviceError('AccessDeniedException')],
  ])('are not had from %s: %s', async (_, code, reply) => {
    const read = await bytesOver(reply);

    await expect(read()).rejects.toMatchObject({ code });
  });
});
