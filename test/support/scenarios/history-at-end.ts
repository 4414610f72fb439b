import type { Deployment } from './deployment.ts';
import type { History } from './history.ts';
import { until } from './until.ts';

/** The history of an execution that is over: a task ends a state or two before its execution. */
export function historyAtEnd(deployment: Deployment, executionName: string): Promise<History> {
  return until(async () => {
    const history = await deployment.history(executionName);
    return history.status === 'RUNNING' ? undefined : history;
  });
}
