import { environmentNames } from '#shared/domain/environment.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { CallSettings } from '#shared/steps/calls/call-layer.ts';
import type { Environment } from './environment.ts';
import { positiveInteger } from './provider-overrides.ts';

/** How many calls one worker keeps in flight: the more, the cheaper a waiting function is; fifty streams take a sixth of what 512 MB may compute. */
export const callsPerWorker = 50;

/** Settings of the call layer, the same everywhere but for the cache, which `QUIRE_CACHE=off` turns off. */
export function callSettingsOf(environment: Environment): CallSettings {
  return {
    callsPerWorker,
    leaseInMs: 660_000,
    longestCallInMs: 180_000,
    maxTries: 3,
    maxReasks: 2,
    deliveryWaitInMs: deliveryWaitInMs(environment),
    longestDeliveryInMs: 1_200_000,
    isCacheEnabled: isCacheEnabled(environment[environmentNames.cache]),
  };
}

/** Long enough for nearly every answer, short enough that a lost delivery is no disaster. */
const standardDeliveryWaitInSeconds = 300;

function deliveryWaitInMs(environment: Environment): number {
  const name = environmentNames.webhookWaitSeconds;
  return 1_000 * (positiveInteger(environment, name) ?? standardDeliveryWaitInSeconds);
}

function isCacheEnabled(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'on') return true;
  if (text === 'off') return false;
  throw new QuireError(
    'invalid_request',
    'Expected QUIRE_CACHE to be on or off; got another text.',
  );
}
