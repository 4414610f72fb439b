import { createOpenTask } from '#shared/steps/open-task.ts';
import { findWorkflow } from './catalog.ts';
import { objects } from './objects.ts';
import { clock } from './platform.ts';
import { calls, tasks } from './state.ts';

export const openTask = createOpenTask({ tasks, calls, objects, clock, findWorkflow });
