import { sweepAfter } from '#shared/runtime/aws/sweeper.ts';
import { defineEntrance } from './define-handler.ts';

/** Gets the ticks of the schedule, and events on executions that have ended. */
export const handler = defineEntrance('sweep', sweepAfter);
