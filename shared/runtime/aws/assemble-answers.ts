import { createAssembleAnswers } from '#shared/steps/assemble-answers.ts';
import { findWorkflow } from './catalog.ts';
import { tell } from './events.ts';
import { objects } from './objects.ts';
import { calls, tasks } from './state.ts';

export const assembleAnswers = createAssembleAnswers({ tasks, calls, objects, tell, findWorkflow });
