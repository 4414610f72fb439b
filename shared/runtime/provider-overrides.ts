import type { Price } from '#shared/domain/cost.ts';
import { microUsdOf } from '#shared/domain/cost.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { ProviderLimits } from '#shared/domain/providers.ts';
import type { Environment } from './environment.ts';

/** `runware-highspeed` as the names of its variables begin: `RUNWARE_HIGHSPEED`. */
export function constantCase(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** Limits of the account where they differ from the published ones, for example `EMPIRIOLABS_REQUESTS_PER_MINUTE=200`. */
export function limitsOf(
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

/** Prices of a contract, in dollars per million tokens: `CLOUDSWAY_PRICE_INPUT_USD=0.25`. */
export function priceOf(price: Price, prefix: string, environment: Environment): Price {
  const read = (name: string) => amount(environment, `${prefix}_PRICE_${name}_USD`);
  const [input, cached, output] = [read('INPUT'), read('CACHED_INPUT'), read('OUTPUT')];
  if (input === undefined && cached === undefined && output === undefined) return price;
  const { isAssumed: _, ...published } = price;
  return {
    ...published,
    inputPerMillionInMicroUsd: input ?? price.inputPerMillionInMicroUsd,
    // Without a price of its own a cached token is charged like any other.
    cachedInputPerMillionInMicroUsd: cached ?? input ?? price.cachedInputPerMillionInMicroUsd,
    outputPerMillionInMicroUsd: output ?? price.outputPerMillionInMicroUsd,
    source: 'settings of this deployment',
  };
}

export function positiveInteger(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be a whole number from 1 up, got another text.`,
  );
}

function amount(environment: Environment, name: string): number | undefined {
  const text = environment[name]?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,4}(\.\d{1,6})?$/.test(text)) return microUsdOf(Number(text));
  throw new QuireError(
    'invalid_request',
    `Expected ${name} to be dollars for a million tokens, for example 0.30; got another text.`,
  );
}
