import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { unsetSecret } from '#shared/domain/environment.ts';
import { credentialsIn, credentialVariables } from '#shared/domain/provider-variables.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ProviderCredentials, Secrets } from '#shared/ports/secrets.ts';
import { createSecretText } from './secret-text.ts';
import { storeError } from './store-error.ts';

/** How long a key is used after it has been changed, unless the provider refuses it before. */
const cacheInMs = 300_000;

/**
 * Provider keys from Secrets Manager, one secret a provider. A secret holds the bare key, or a JSON object with the values under
 * their names in a local run (`{"CLOUDFLARE_API_TOKEN": "…", "CLOUDFLARE_ACCOUNT_ID": "…"}`). What says `unset` holds none.
 */
export function createSecretsManagerSecrets(options: {
  secretIds: Partial<Record<ProviderName, string>>;
  clock: Pick<Clock, 'now'>;
  client?: Pick<SecretsManagerClient, 'send'>;
}): Secrets {
  const { secretIds, clock, client = new SecretsManagerClient() } = options;
  const cache = new Map<ProviderName, { atInMs: number; text: Promise<string | undefined> }>();

  const read = async (secretId: string) => {
    try {
      return await createSecretText(secretId, client)();
    } catch (error) {
      throw storeError('Secrets Manager GetSecretValue', error);
    }
  };
  return {
    async credentials(provider, { isFresh } = { isFresh: false }) {
      const secretId = secretIds[provider];
      if (secretId === undefined) return undefined;
      const cached = cache.get(provider);
      const isUsable = cached !== undefined && clock.now() - cached.atInMs < cacheInMs;
      if (isUsable && !isFresh) return credentialsOf(provider, await cached.text);
      const text = read(secretId);
      // Many calls start at once: they share one request.
      cache.set(provider, { atInMs: clock.now(), text });
      text.catch(() => cache.delete(provider));
      return credentialsOf(provider, await text);
    },
  };
}

const JsonSecret = z.record(z.string(), z.string());

function credentialsOf(
  provider: ProviderName,
  text: string | undefined,
): ProviderCredentials | undefined {
  // The simulator runs on the developer's machine only.
  if (provider === 'simulator') return undefined;
  const values = valuesIn(text?.trim() ?? '', credentialVariables[provider].apiKey);
  const credentials = credentialsIn(provider, values);
  return credentials?.apiKey === unsetSecret ? undefined : credentials;
}

function valuesIn(text: string, keyName: string): Record<string, string> {
  if (!text.startsWith('{')) return { [keyName]: text };
  try {
    const values = JsonSecret.parse(JSON.parse(text));
    const [first] = Object.values(values);
    // One value alone is the key, whatever its name.
    const isKeyAlone = first !== undefined && Object.keys(values).length === 1;
    return isKeyAlone ? { [keyName]: first } : values;
  } catch {
    // No word of the text: it may be a key that somebody mistyped.
    return {};
  }
}
