import { createStepFunctionsClient } from '#shared/adapters/aws/service-clients.ts';
import { createStepFunctionsEngine } from '#shared/adapters/aws/step-functions-engine.ts';
import { stateMachineVariable } from '#shared/domain/environment.ts';
import { createRunChildren } from '#shared/steps/run-children.ts';
import { findWorkflow, workflows } from './catalog.ts';
import { tell } from './events.ts';
import { objects } from './objects.ts';
import { clock, ids, logger, metrics } from './platform.ts';
import { tasks } from './state.ts';

/** Machines that children run in: the stack gives the function those of every workflow that has no children of its own. */
const stateMachineArns = Object.fromEntries(
  workflows.flatMap(({ id }) => {
    const arn = process.env[stateMachineVariable(id)];
    return arn === undefined ? [] : [[id, arn]];
  }),
);

export const runChildren = createRunChildren({
  tasks,
  objects,
  engine: createStepFunctionsEngine({ client: createStepFunctionsClient(), stateMachineArns }),
  clock,
  ids,
  logger,
  tell,
  metrics,
  findWorkflow,
});
