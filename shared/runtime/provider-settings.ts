import { baseUrlVariable } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import {
  type ProviderLimits,
  ProviderName,
  type ProviderProfile,
  providerProfiles,
} from '#shared/domain/providers.ts';

/** Variables of the process, or of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A provider as this deployment uses it. */
export interface ProviderSettings {
  readonly profile: ProviderProfile;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

/** Providers that can be configured; the simulator stands in when none is. */
export const configurableProviders = ['empiriolabs'] as const satisfies readonly ProviderName[];
type ConfigurableProvider = (typeof configurableProviders)[number];

const defaultBaseUrls: Readonly<Record<ConfigurableProvider, string>> = {
  empiriolabs: 'https://api.empiriolabs.ai/v1',
};

/** Which variable holds a provider's key (design, § Provider settings). */
export const keyVariables: Readonly<Record<ConfigurableProvider, string>> = {
  empiriolabs: 'EMPIRIOLABS_API_KEY',
};

/**
 * The providers of this deployment in order: as `QUIRE_PROVIDERS` says, otherwise every provider that has a key. `hasKey` tells whether
 * a key is stored; in AWS every enabled provider has a secret. An empty list means that only the simulator is left.
 */
export function providerSettings(
  environment: Environment,
  hasKey: (provider: ConfigurableProvider) => boolean,
): ProviderSettings[] {
  const asked = environment['QUIRE_PROVIDERS']?.split(',').map((name) => name.trim());
  const wanted = asked?.filter((name) => name !== '') ?? configurableProviders.filter(hasKey);
  return wanted.map((name) => {
    const provider = configurableProviders.find((each) => each === name);
    if (provider === undefined) throw unknownProvider(name);
    return settingsOf(provider, environment);
  });
}

function settingsOf(provider: ConfigurableProvider, environment: Environment): ProviderSettings {
  const prefix = provider.toUpperCase().replaceAll('-', '_');
  const profile = providerProfiles[provider];
  const baseUrl = environment[baseUrlVariable(provider)] ?? defaultBaseUrls[provider];
  return {
    profile: { ...profile, limits: limitsOf(profile.limits, prefix, environment) },
    baseUrl: baseUrl.replace(/\/+$/, ''),
  };
}

/** Limits of the account where they differ from the published ones, for example `EMPIRIOLABS_REQUESTS_PER_MINUTE=200`. */
function limitsOf(
  limits: ProviderLimits,
  prefix: string,
  environment: Environment,
): ProviderLimits {
  const read = (name: string) => positiveInteger(environment, `${prefix}_${name}`);
  return {
    requestsPerMinute: read('REQUESTS_PER_MINUTE') ?? limits.requestsPerMinute,
    tokensPerMinute: read('TOKENS_PER_MINUTE') ?? limits.tokensPerMinute,
    maxInFlight: read('MAX_IN_FLIGHT') ?? limits.maxInFlight,
  };
}

function positiveInteger(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be a whole number from 1 up, got another text.`,
  );
}

function unknownProvider(name: string): QuireError {
  const known = configurableProviders.join(', ');
  const shown = ProviderName.safeParse(name).success ? name : 'something else';
  return new QuireError(
    'provider_not_configured',
    `Expected QUIRE_PROVIDERS to list providers among ${known}; got ${shown}. Correct it, or unset it.`,
  );
}
