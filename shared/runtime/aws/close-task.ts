import { createCloseTask } from '#shared/steps/close-task.ts';
import { publishEnd } from './events.ts';
import { objects } from './objects.ts';
import { clock, metrics } from './platform.ts';
import { ledger, spending, tasks } from './state.ts';

export const closeTask = createCloseTask({
  tasks,
  ledger,
  objects,
  clock,
  spending,
  publishEnd,
  metrics,
});
