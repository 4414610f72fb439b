import type { ProviderName } from './providers.ts';

/** Names of the values that a provider wants: environment variables of a local run, and members of the secret in AWS. */
export interface CredentialVariables {
  readonly apiKey: string;
  readonly accountId?: string;
  readonly gatewayId?: string;
  readonly endpointPath?: string;
}

const runware = { apiKey: 'RUNWARE_API_KEY' } as const;

/** Which variable holds what (design, § Provider settings). */
export const credentialVariables: Readonly<
  Record<Exclude<ProviderName, 'simulator'>, CredentialVariables>
> = {
  cloudflare: {
    apiKey: 'CLOUDFLARE_API_TOKEN',
    accountId: 'CLOUDFLARE_ACCOUNT_ID',
    gatewayId: 'CLOUDFLARE_GATEWAY_ID',
  },
  runware,
  'runware-highspeed': runware,
  empiriolabs: { apiKey: 'EMPIRIOLABS_API_KEY' },
  cloudsway: { apiKey: 'CLOUDSWAY_ACCESS_KEY', endpointPath: 'CLOUDSWAY_ENDPOINT_PATH' },
};

/** What a provider is told of its caller; `undefined` without a key. Blank values count as absent. */
export function credentialsIn(
  provider: Exclude<ProviderName, 'simulator'>,
  values: Readonly<Record<string, string | undefined>>,
): { apiKey: string; accountId?: string; gatewayId?: string; endpointPath?: string } | undefined {
  const found = Object.entries(credentialVariables[provider]).flatMap(([field, name]) => {
    const value = values[name]?.trim() ?? '';
    return value === '' ? [] : [[field, value]];
  });
  const { apiKey, ...others }: Record<string, string> = Object.fromEntries(found);
  return apiKey === undefined ? undefined : { apiKey, ...others };
}
