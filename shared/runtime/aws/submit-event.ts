import { createRefusedEvents } from '#shared/adapters/aws/dead-letter-queue.ts';
import { createSqsClient } from '#shared/adapters/aws/service-clients.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { createSubmitEvent, type EventOutcome } from '#shared/steps/tasks/submit-event.ts';
import { submission, tenantId } from './submission.ts';
import { requireVariable } from './variables.ts';

const submit = createSubmitEvent({
  ...submission,
  refused: createRefusedEvents(
    { client: createSqsClient(), queueUrl: requireVariable(environmentNames.deadLetterQueue) },
    { functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '' },
  ),
});

/** Submits a task for an event of the user's own or of a schedule. What it returns is read by the redrive. */
export async function submitEvent(event: unknown): Promise<Pick<EventOutcome, 'outcome'>> {
  const { outcome } = await submit({ tenantId, event });
  return { outcome };
}
