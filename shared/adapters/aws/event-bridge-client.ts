import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** A client of EventBridge that gives up soon: work waits for it, and what it does not take is announced later or not at all. */
export function createEventBridgeClient(): EventBridgeClient {
  return new EventBridgeClient({
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 1_500,
      throwOnRequestTimeout: true,
    },
  });
}
