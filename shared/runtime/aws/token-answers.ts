import { createStepFunctionsClient } from '#shared/adapters/aws/service-clients.ts';
import { createStepFunctionsEngine } from '#shared/adapters/aws/step-functions-engine.ts';
import type { WorkflowEngine } from '#shared/ports/workflow-engine.ts';

/** The engine of functions that answer waiting states and start nothing: a token names its execution by itself. */
export const engine: Pick<WorkflowEngine, 'answer'> = createStepFunctionsEngine({
  client: createStepFunctionsClient(),
  stateMachineArns: {},
});
