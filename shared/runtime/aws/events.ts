import { createEventBridgeBus } from '#shared/adapters/aws/event-bridge-bus.ts';
import { createEventBridgeClient } from '#shared/adapters/aws/event-bridge-client.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { createPublishEnd } from '#shared/steps/tasks/announce-end.ts';
import { createTell } from '#shared/steps/tell.ts';
import { clock, logger } from './platform.ts';
import { requireVariable } from './variables.ts';

export const events = createEventBridgeBus({
  client: createEventBridgeClient(),
  deployment: requireVariable(environmentNames.deployment),
});

export const tell = createTell({ events, clock, logger });
export const publishEnd = createPublishEnd({ events, logger });
