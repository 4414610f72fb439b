import { createAskApproval } from '#shared/steps/ask-approval.ts';
import { findWorkflow } from '#shared/workflows/catalog.ts';
import { providerSettings } from '../provider-settings.ts';
import { events } from './events.ts';
import { objects } from './objects.ts';
import { clock, logger } from './platform.ts';
import { tasks } from './state.ts';

/** Prices are needed here, keys are not: what counts is the order that the stack sets. */
const profiles = providerSettings(process.env, () => false).map(({ profile }) => profile);

export const askApproval = createAskApproval({
  tasks,
  objects,
  clock,
  logger,
  findWorkflow,
  profiles,
  events,
});
