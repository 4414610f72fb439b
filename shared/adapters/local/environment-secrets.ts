import type { ProviderName } from '#shared/domain/providers.ts';
import type { Secrets } from '#shared/ports/secrets.ts';

/** The simulator asks for a key as a provider would, and takes this word. */
const simulatorKey = 'simulator';

const keyVariables: Readonly<Record<Exclude<ProviderName, 'simulator'>, string>> = {
  empiriolabs: 'EMPIRIOLABS_API_KEY',
};

/** Keys of providers from the environment. Blank ones count as none. */
export function createEnvironmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): Secrets {
  return {
    async credentials(provider) {
      if (provider === 'simulator') return { apiKey: simulatorKey };
      const apiKey = environment[keyVariables[provider]]?.trim();
      return apiKey === undefined || apiKey === '' ? undefined : { apiKey };
    },
  };
}
