import { submitObject } from '#shared/runtime/aws/inbox.ts';

/** Gets “Object Created” events; throws where the event shall come again, and in the end go to the dead-letter queue. */
export async function handler(event: { detail: unknown }): Promise<void> {
  await submitObject(event.detail);
}
