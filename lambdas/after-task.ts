import { afterTask, doChores } from '#shared/runtime/aws/after-task.ts';
import { defineEntrance, type LambdaContext } from './define-handler.ts';

type Event = { 'detail-type': string; detail: unknown };

/** Gets the events of tasks that have ended and, every minute, one of the schedule; throws where the event shall come again. */
export const handler = defineEntrance('after-task', async (event: Event, lambda: LambdaContext) => {
  if (event['detail-type'] === 'Scheduled Event') await doChores(lambda.getRemainingTimeInMillis());
  else await afterTask(event.detail);
});
