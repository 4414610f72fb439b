import { createPlanCalls } from '#shared/steps/plan-calls.ts';
import { callsPerWorker } from '../call-settings.ts';
import { findWorkflow } from './catalog.ts';
import { objects } from './objects.ts';
import { clock } from './platform.ts';
import { profiles } from './profiles.ts';
import { tasks } from './state.ts';

export const planCalls = createPlanCalls({
  tasks,
  objects,
  clock,
  findWorkflow,
  profiles,
  callsPerWorker,
});
