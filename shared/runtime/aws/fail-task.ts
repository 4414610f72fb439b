import { createFailTask } from '#shared/steps/fail-task.ts';
import { publishEnd } from './events.ts';
import { clock, metrics } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';

export const failTask = createFailTask({ tasks, ledger, clock, spending, publishEnd, metrics });
