import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { credentialsIn } from '#shared/domain/provider-variables.ts';
import type { ProviderName } from '#shared/domain/providers.ts';
import { startSimulator } from '#shared/simulator/server.ts';
import type { Environment } from './environment.ts';
import { type ProviderSettings, providerSettings } from './provider-settings.ts';

/** The providers of a local run, and the simulator where there is no key at all. */
export interface LocalProviders {
  readonly settings: readonly ProviderSettings[];
  readonly names: readonly ProviderName[];
  /** Answers come from the built-in simulator, which is a program and no language model. */
  readonly isSimulated: boolean;
  close(): Promise<void>;
}

/**
 * Opens the providers that the environment has keys for. With none, the simulator is started as a server of its own and spoken to over
 * HTTP like any other provider.
 */
export async function openLocalProviders(environment: Environment): Promise<LocalProviders> {
  const settings = providerSettings(
    environment,
    (provider) => credentialsIn(provider, environment) !== undefined,
  );
  if (settings.length > 0) {
    const names = settings.map((each) => each.profile.name);
    return { settings, names, isSimulated: false, close: async () => undefined };
  }
  const simulator = await startSimulator({});
  return {
    settings: [{ profile: providerProfiles.simulator, baseUrl: simulator.baseUrl, environment }],
    names: ['simulator'],
    isSimulated: true,
    close: () => simulator.close(),
  };
}
