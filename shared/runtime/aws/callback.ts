import { environmentNames } from '#shared/domain/environment.ts';
import { createCallbackRoutes } from '#shared/http/callbacks.ts';
import { createTakeDelivery } from '#shared/steps/tasks/take-delivery.ts';
import { createDeliveryKey } from './delivery-key.ts';
import { clock, logger } from './platform.ts';
import { calls, ledger, tasks, waits } from './state.ts';
import { engine } from './token-answers.ts';
import { requireVariable } from './variables.ts';

const readKey = createDeliveryKey(requireVariable(environmentNames.webhookSecret));

/** The route at which providers announce answers, as a function of its own: it has no provider's key and no file. */
export const callbacks = createCallbackRoutes({
  takeDelivery: createTakeDelivery({ tasks, calls, ledger, waits, engine, clock, logger, readKey }),
  logger,
});
