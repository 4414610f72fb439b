import { createRender } from '#shared/steps/render.ts';
import { findWorkflow } from './catalog.ts';
import { objects } from './objects.ts';
import { clock } from './platform.ts';
import { calls, ledger, tasks } from './state.ts';

export const render = createRender({ tasks, calls, ledger, objects, clock, findWorkflow });
