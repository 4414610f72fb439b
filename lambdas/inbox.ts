import { submitObject } from '#shared/runtime/aws/inbox.ts';
import { defineEntrance } from './define-handler.ts';

/** Gets “Object Created” events; throws where the event shall come again, and in the end go to the dead-letter queue. */
export const handler = defineEntrance('inbox-event', ({ detail }: { detail: unknown }) =>
  submitObject(detail),
);
