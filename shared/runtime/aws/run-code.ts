import { createRunCode } from '#shared/steps/run-code.ts';
import { findWorkflow } from './catalog.ts';
import { tell } from './events.ts';
import { objects } from './objects.ts';
import { clock } from './platform.ts';
import { tasks } from './state.ts';

export const runCode = createRunCode({ tasks, objects, clock, tell, findWorkflow });
