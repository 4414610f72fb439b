import { createCallbackSender } from '#shared/adapters/system/callback-sender.ts';
import { createUrlFetcher } from '#shared/adapters/system/url-fetcher.ts';
import { defaultBudgetInMicroUsd } from '#shared/domain/budget.ts';
import { microUsdOf } from '#shared/domain/cost.ts';
import { deployedTenantId, environmentNames } from '#shared/domain/environment.ts';
import { TenantId } from '#shared/domain/ids.ts';
import type { SubmitTaskPorts } from '#shared/steps/tasks/submit-task.ts';
import { allowsLoopbackUrls } from '../url-settings.ts';
import { findWorkflow } from './catalog.ts';
import { engine } from './engine.ts';
import { tell } from './events.ts';
import { objects } from './objects.ts';
import { clock, currentTraceId, ids, logger, metrics } from './platform.ts';
import { spending, tasks } from './state.ts';

/** Owner of everything in the stack. */
export const tenantId = TenantId.parse(deployedTenantId);

/** The API's function may run for 29 s, and a submission does more than fetch. */
const urlTimeoutInMs = 24_000;

/** For the stand-in alone; the settings of a deployment refuse it elsewhere. */
const allowsLoopback = allowsLoopbackUrls(process.env);

/** What the functions that submit tasks stand on. */
export const submission: SubmitTaskPorts = {
  tasks,
  objects,
  urls: createUrlFetcher({ clock, allowsLoopback }),
  callbackSender: createCallbackSender({ clock, allowsLoopback }),
  tell,
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
