import { submitEvent } from '#shared/runtime/aws/submit-event.ts';
import { defineEntrance } from './define-handler.ts';

/** Gets “Quire Task” events and what schedules send; throws where the event shall come again, and in the end go to the dead-letter queue. */
export const handler = defineEntrance('task-event', submitEvent);
