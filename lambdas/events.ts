import { submitEvent } from '#shared/runtime/aws/submit-event.ts';

/** Gets “Quire Task” events and what schedules send; throws where the event shall come again, and in the end go to the dead-letter queue. */
export async function handler(event: unknown): Promise<unknown> {
  return await submitEvent(event);
}
