import type { CallSettings } from '#shared/steps/calls/call-layer.ts';

/** How many calls one worker keeps in flight: enough to make a waiting function cheap, few enough for 512 MB (reliability, § cost). */
export const callsPerWorker = 25;

/** Settings of the call layer, the same everywhere. */
export const callSettings: CallSettings = {
  callsPerWorker,
  leaseInMs: 660_000,
  longestCallInMs: 180_000,
  maxTries: 3,
  maxReasks: 2,
  isCacheEnabled: true,
};
