import type { ProviderName } from '#shared/domain/providers.ts';

/** What a provider wants to know of its caller. */
export interface ProviderCredentials {
  readonly apiKey: string;
  /** Cloudflare: the account that the URL names. */
  readonly accountId?: string | undefined;
  /** Cloudflare: the gateway whose limits and logs apply; absent for the account's default. */
  readonly gatewayId?: string | undefined;
  /** Cloudsway: the endpoint that the URL names; absent for the URL without one. */
  readonly endpointPath?: string | undefined;
}

/** Keys of providers. Never logged, never stored elsewhere (I9). */
export interface Secrets {
  /** `undefined` where none is stored. `isFresh` reads past every cache, for a key that was refused. */
  credentials(
    provider: ProviderName,
    options?: { isFresh: boolean },
  ): Promise<ProviderCredentials | undefined>;
}
