import { createOpenTask } from '#shared/steps/open-task.ts';
import { clock } from './platform.ts';
import { tasks } from './state.ts';

export const openTask = createOpenTask({ tasks, clock });
