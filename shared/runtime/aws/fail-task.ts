import { createFailTask } from '#shared/steps/fail-task.ts';
import { clock, metrics } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';

export const failTask = createFailTask({ tasks, ledger, clock, spending, metrics });
