import { createAskApproval } from '#shared/steps/ask-approval.ts';
import { findWorkflow } from './catalog.ts';
import { events } from './events.ts';
import { objects } from './objects.ts';
import { clock, logger } from './platform.ts';
import { profiles } from './profiles.ts';
import { tasks } from './state.ts';

export const askApproval = createAskApproval({
  tasks,
  objects,
  clock,
  logger,
  findWorkflow,
  profiles,
  events,
});
