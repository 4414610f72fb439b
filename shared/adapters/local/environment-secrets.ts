import { credentialsIn } from '#shared/domain/provider-variables.ts';
import type { Secrets } from '#shared/ports/secrets.ts';

/** The simulator asks for a key as a provider would, and takes this word. */
const simulatorKey = 'simulator';

/** Keys of providers from the environment. Blank ones count as none. */
export function createEnvironmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): Secrets {
  return {
    async credentials(provider) {
      if (provider === 'simulator') return { apiKey: simulatorKey };
      return credentialsIn(provider, environment);
    },
  };
}
