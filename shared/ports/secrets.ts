import type { ProviderName } from '#shared/domain/providers.ts';

/** What a provider wants to know of its caller. */
export interface ProviderCredentials {
  readonly apiKey: string;
}

/** Keys of providers. Never logged, never stored elsewhere (I9). */
export interface Secrets {
  /** `undefined` where none is stored. `isFresh` reads past every cache, for a key that was refused. */
  credentials(
    provider: ProviderName,
    options?: { isFresh: boolean },
  ): Promise<ProviderCredentials | undefined>;
}
