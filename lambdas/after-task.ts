import { afterTask, doChores } from '#shared/runtime/aws/after-task.ts';

/** Gets the events of tasks that have ended and, every minute, one of the schedule; throws where the event shall come again. */
export async function handler(
  event: { 'detail-type': string; detail: unknown },
  lambda: { getRemainingTimeInMillis(): number },
): Promise<void> {
  if (event['detail-type'] === 'Scheduled Event') await doChores(lambda.getRemainingTimeInMillis());
  else await afterTask(event.detail);
}
