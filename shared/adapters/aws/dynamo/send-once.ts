import type { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isCertainlyUndone } from '../store-error.ts';

/**
 * Sends a change that must not be made twice, such as giving a reservation back. The SDK sends a request again when its answer was
 * lost, and the table would then count it twice; here only a request that was certainly not carried out is sent again.
 */
export async function sendOnce(
  client: DynamoDBClient,
  command: UpdateItemCommand,
): Promise<unknown> {
  command.middlewareStack.addRelativeTo(markUnknownOutcome, {
    name: 'markUnknownOutcome',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  return await client.send(command);
}

function markUnknownOutcome<Arguments, Output>(next: (args: Arguments) => Promise<Output>) {
  return async (args: Arguments): Promise<Output> => {
    try {
      return await next(args);
    } catch (error) {
      throw isCertainlyUndone(error) ? error : new UnknownOutcomeError(error);
    }
  };
}

/** Without `cause`: the SDK looks into it and would take the request for one that can be sent again. */
class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError' as const;

  constructor(error: unknown) {
    const reason = error instanceof Error ? error.name : typeof error;
    super(`Expected an answer of DynamoDB; the request may have been carried out (${reason}).`);
  }
}
