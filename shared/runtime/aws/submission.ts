import { createStepFunctionsClient } from '#shared/adapters/aws/service-clients.ts';
import { createStepFunctionsEngine } from '#shared/adapters/aws/step-functions-engine.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { defaultBudgetInMicroUsd } from '#shared/domain/budget.ts';
import { microUsdOf } from '#shared/domain/cost.ts';
import {
  deployedTenantId,
  environmentNames,
  stateMachineVariable,
} from '#shared/domain/environment.ts';
import { TenantId } from '#shared/domain/ids.ts';
import type { SubmitTaskPorts } from '#shared/steps/tasks/submit-task.ts';
import { findWorkflow, workflows } from '#shared/workflows/catalog.ts';
import { objects } from './objects.ts';
import { clock, currentTraceId, ids, logger, metrics } from './platform.ts';
import { spending, tasks } from './state.ts';
import { requireVariable } from './variables.ts';

/** Owner of everything in the stack. */
export const tenantId = TenantId.parse(deployedTenantId);

export const engine = createStepFunctionsEngine({
  client: createStepFunctionsClient(),
  stateMachineArns: Object.fromEntries(
    workflows.map(({ id }) => [id, requireVariable(stateMachineVariable(id))]),
  ),
});

/** The API's function may run for 29 s, and a submission does more than fetch. */
const urlTimeoutInMs = 24_000;

/** What the functions that submit tasks stand on. */
export const submission: SubmitTaskPorts = {
  tasks,
  objects,
  urls: createUrlFetcher({ clock }),
  urlTimeoutInMs,
  engine,
  clock,
  ids,
  logger,
  metrics,
  traceId: currentTraceId,
  findWorkflow,
  spending,
  defaultBudgetInMicroUsd: budgetOf(process.env[environmentNames.defaultBudgetUsd]),
};

function budgetOf(amountInUsd: string | undefined): number {
  const amount = Number(amountInUsd);
  return amount > 0 ? microUsdOf(amount) : defaultBudgetInMicroUsd;
}
