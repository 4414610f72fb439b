import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSecretsManagerSecrets } from '#shared/adapters/aws/secrets-manager-secrets.ts';
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

async function secretsOver(reply: () => JsonReply) {
  const running = await startJsonService(reply);
  service = running;
  const clock = { nowInMs: 0, now: () => clock.nowInMs };
  const client = new SecretsManagerClient(testClientSettings(running.endpoint));
  const secretIds = {
    empiriolabs: 'arn:secret',
    cloudflare: 'arn:secret',
    cloudsway: 'arn:secret',
  };
  const secrets = createSecretsManagerSecrets({ client, secretIds, clock });
  return { secrets, clock, requests: running.requests };
}

const holding = (SecretString: string) => () => ({ body: { SecretString } });

describe('Secrets Manager secrets', () => {
  it.each([
    ['the bare key', ' sk-1\n', { apiKey: 'sk-1' }],
    ['JSON', '{"EMPIRIOLABS_API_KEY": "sk-1"}', { apiKey: 'sk-1' }],
    ['the placeholder', 'unset', undefined],
    ['the placeholder in JSON', '{"EMPIRIOLABS_API_KEY": "unset"}', undefined],
    ['nothing', '', undefined],
    ['broken JSON', '{"EMPIRIOLABS_API_KEY": ', undefined],
  ])('reads a secret that holds %s', async (_, text, credentials) => {
    const { secrets, requests } = await secretsOver(holding(text));

    expect(await secrets.credentials('empiriolabs')).toEqual(credentials);
    expect(requests).toEqual([{ operation: 'GetSecretValue', input: { SecretId: 'arn:secret' } }]);
  });

  it.each([
    [
      'all values of a provider',
      'cloudflare',
      {
        CLOUDFLARE_API_TOKEN: ' token ',
        CLOUDFLARE_ACCOUNT_ID: 'account',
        CLOUDFLARE_GATEWAY_ID: 'gateway',
        NOTE: 'not ours',
      },
      { apiKey: 'token', accountId: 'account', gatewayId: 'gateway' },
    ],
    [
      'blank values',
      'cloudflare',
      { CLOUDFLARE_API_TOKEN: 'token', CLOUDFLARE_ACCOUNT_ID: ' ', CLOUDFLARE_GATEWAY_ID: '' },
      { apiKey: 'token' },
    ],
    [
      'the key under another name, alone',
      'cloudsway',
      { 'access key': 'token' },
      { apiKey: 'token' },
    ],
    [
      'no key among other values',
      'cloudsway',
      { CLOUDSWAY_ENDPOINT_PATH: 'path', a: 'b' },
      undefined,
    ],
    [
      'the placeholder beside other values',
      'cloudsway',
      { CLOUDSWAY_ACCESS_KEY: 'unset', CLOUDSWAY_ENDPOINT_PATH: 'path' },
      undefined,
    ],
  ] as const)('reads a JSON secret that holds %s', async (...[, provider, values, credentials]) => {
    const { secrets } = await secretsOver(holding(JSON.stringify(values)));

    expect(await secrets.credentials(provider)).toEqual(credentials);
  });

  it.each(['{"CLOUDFLARE_API_TOKEN": {"a": 1}}', '{"CLOUDFLARE_API_TOKEN": 5, "b": "c"}'])(
    'takes no key that is no text: %s',
    async (text) => {
      const { secrets } = await secretsOver(holding(text));

      expect(await secrets.credentials('cloudflare')).toBeUndefined();
    },
  );

  it('asks nobody for a provider without a secret', async () => {
    const { secrets, requests } = await secretsOver(holding('sk-1'));

    expect(await secrets.credentials('simulator')).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('asks once for many calls, and again after five minutes', async () => {
    const { secrets, clock, requests } = await secretsOver(holding('sk-1'));
    await Promise.all(Array.from({ length: 20 }, () => secrets.credentials('empiriolabs')));
    clock.nowInMs = 299_999;
    await secrets.credentials('empiriolabs');
    expect(requests).toHaveLength(1);

    clock.nowInMs = 300_000;
    await secrets.credentials('empiriolabs');

    expect(requests).toHaveLength(2);
  });

  it('reads past its cache when a key was refused', async () => {
    let key = 'sk-old';
    const { secrets } = await secretsOver(() => ({ body: { SecretString: key } }));
    await secrets.credentials('empiriolabs');
    key = 'sk-new';

    expect(await secrets.credentials('empiriolabs')).toEqual({ apiKey: 'sk-old' });
    expect(await secrets.credentials('empiriolabs', { isFresh: true })).toEqual({
      apiKey: 'sk-new',
    });
    expect(await secrets.credentials('empiriolabs')).toEqual({ apiKey: 'sk-new' });
  });

  it('does not keep a failure', async () => {
    let reply = serviceError('ThrottlingException');
    const { secrets } = await secretsOver(() => reply);
    await expect(secrets.credentials('empiriolabs')).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    reply = holding('sk-1')();

    expect(await secrets.credentials('empiriolabs')).toEqual({ apiKey: 'sk-1' });
  });
});
