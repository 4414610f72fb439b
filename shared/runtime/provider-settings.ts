import { baseUrlVariable, environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { providerProfiles, withModel } from '#shared/domain/provider-profiles.ts';
import { ProviderName, type ProviderProfile } from '#shared/domain/providers.ts';
import type { Environment } from './environment.ts';
import { constantCase, limitsOf, positiveInteger, priceOf } from './provider-overrides.ts';

/** Which of a provider's documented APIs is spoken. The first of a provider is its default. */
const providerRoutes = {
  cloudflare: ['chat', 'run'],
  runware: ['stream', 'sync', 'async', 'webhook'],
  'runware-highspeed': ['stream', 'sync', 'async', 'webhook'],
  empiriolabs: ['chat', 'responses', 'messages'],
} as const satisfies Readonly<Partial<Record<ProviderName, readonly string[]>>>;
type Routes = typeof providerRoutes;

/** A provider as this deployment uses it. */
export interface ProviderSettings {
  readonly profile: ProviderProfile;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Where the route is named, for example `EMPIRIOLABS_ROUTE=messages`. */
  readonly environment: Environment;
}

/** Providers that can be configured, in the order in which they are tried; the simulator stands in when none is. */
export const configurableProviders = [
  'cloudflare',
  'runware',
  'runware-highspeed',
  'empiriolabs',
  'cloudsway',
] as const satisfies readonly ProviderName[];
export type ConfigurableProvider = (typeof configurableProviders)[number];

const defaultBaseUrls: Readonly<Record<ConfigurableProvider, string>> = {
  cloudflare: 'https://api.cloudflare.com/client/v4',
  runware: 'https://api.runware.ai/v1',
  'runware-highspeed': 'https://api.runware.ai/v1',
  empiriolabs: 'https://api.empiriolabs.ai/v1',
  cloudsway: 'https://genaiapi.cloudsway.net',
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
  return [...new Set(wanted)].map((name) => {
    const provider = configurableProviders.find((each) => each === name);
    if (provider === undefined) throw unknownProvider(name);
    return settingsOf(provider, environment);
  });
}

function settingsOf(provider: ConfigurableProvider, environment: Environment): ProviderSettings {
  const profile = profileOf(provider, environment);
  const baseUrl = baseUrlOf(provider, environment) ?? defaultBaseUrls[provider];
  return { profile, baseUrl: baseUrl.replace(/\/+$/, ''), environment };
}

/** The published facts, with what the deployment says otherwise: `EMPIRIOLABS_REQUESTS_PER_MINUTE=200`, `CLOUDSWAY_MODEL=…`. */
function profileOf(provider: ConfigurableProvider, environment: Environment): ProviderProfile {
  const published = providerProfiles[provider];
  const prefix = constantCase(provider);
  const modelId = provider === 'cloudsway' ? environment['CLOUDSWAY_MODEL']?.trim() : undefined;
  const profile =
    modelId === undefined || modelId === '' ? published : withModel(published, modelId);
  const read = (name: string) => positiveInteger(environment, `${prefix}_${name}`);
  return {
    ...profile,
    contextTokens: read('CONTEXT_TOKENS') ?? profile.contextTokens,
    maxOutputTokens: read('MAX_OUTPUT_TOKENS') ?? profile.maxOutputTokens,
    limits: limitsOf(profile.limits, prefix, environment),
    price: priceOf(profile.price, prefix, environment),
  };
}

/** Runware's faster model has the URL and the key of the other one, unless it is given its own. */
function baseUrlOf(provider: ConfigurableProvider, environment: Environment): string | undefined {
  const own = environment[baseUrlVariable(provider)]?.trim();
  if (own !== undefined && own !== '') return own;
  return provider === 'runware-highspeed' ? baseUrlOf('runware', environment) : undefined;
}

/** The API of a provider that the deployment has chosen, or its first one. */
export function routeOf<Provider extends keyof Routes>(
  provider: Provider,
  environment: Environment,
): Routes[Provider][number] {
  const routes: readonly Routes[Provider][number][] = providerRoutes[provider];
  const [first] = routes;
  const name = `${constantCase(provider)}_ROUTE`;
  // An address to announce answers at is there to be used.
  const hasAddress = (environment[environmentNames.webhookBaseUrl]?.trim() ?? '') !== '';
  const standard = hasAddress ? (routes.find((each) => each === 'webhook') ?? first) : first;
  const shared = provider === 'runware-highspeed' ? environment['RUNWARE_ROUTE'] : undefined;
  const asked = environment[name]?.trim() || shared?.trim() || standard;
  const route = routes.find((each) => each === asked);
  if (route === 'webhook' && !hasAddress) throw missingAddress(name);
  if (route !== undefined) return route;
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be one of ${routes.join(', ')}; got another text.`,
  );
}

function missingAddress(name: string): QuireError {
  return new QuireError(
    'invalid_request',
    `Expected ${environmentNames.webhookBaseUrl} beside ${name}=webhook: the URL under which this API is reached from outside.`,
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
