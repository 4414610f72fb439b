import { createStepFunctionsClient } from '#shared/adapters/aws/service-clients.ts';
import { createStepFunctionsEngine } from '#shared/adapters/aws/step-functions-engine.ts';
import { stateMachineVariable } from '#shared/domain/environment.ts';
import { workflows } from './catalog.ts';
import { requireVariable } from './variables.ts';

/** Executions of the machines that the stack has given the function. */
export const engine = createStepFunctionsEngine({
  client: createStepFunctionsClient(),
  stateMachineArns: Object.fromEntries(
    workflows.map(({ id }) => [id, requireVariable(stateMachineVariable(id))]),
  ),
});
