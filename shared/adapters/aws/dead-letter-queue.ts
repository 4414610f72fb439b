import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { DeadLetter, DeadLetters, RefusedEvents } from '#shared/ports/dead-letters.ts';
import { storeError } from './store-error.ts';

export interface DeadLetterQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** Longer than a function may run, so that nobody else takes the event meanwhile. */
const hiddenForInSeconds = 180;

/** What Lambda sends where an asynchronous invocation has failed for good. */
const FailureRecord = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown(),
});

/** The way in: events that a function refuses, in the form in which Lambda itself would send them. */
export function createRefusedEvents(
  { client, queueUrl }: DeadLetterQueueOptions,
  { functionName }: { functionName: string },
): RefusedEvents {
  return {
    async put(event, { code, message }) {
      const record = {
        version: '1.0',
        requestContext: { functionArn: functionName, condition: 'Refused' },
        requestPayload: event,
        responsePayload: { errorType: code, errorMessage: message },
      };
      const MessageBody = JSON.stringify(record);
      await sent('SendMessage', () =>
        client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody })),
      );
    },
  };
}

/** The way out. */
export function createDeadLetterQueue({ client, queueUrl }: DeadLetterQueueOptions): DeadLetters {
  const QueueUrl = queueUrl;
  return {
    async receive() {
      const { Messages = [] } = await sent('ReceiveMessage', () =>
        client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            // Long polling asks every server of the queue; a short one may come back empty though there is something.
            WaitTimeSeconds: 2,
            VisibilityTimeout: hiddenForInSeconds,
            MessageAttributeNames: ['All'],
          }),
        ),
      );
      return Messages.map(letterOf);
    },
    async remove({ receipt }) {
      const input = { QueueUrl, ReceiptHandle: receipt };
      await sent('DeleteMessage', () => client.send(new DeleteMessageCommand(input)));
    },
    async release({ receipt }) {
      const input = { QueueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 };
      await sent('ChangeMessageVisibility', () =>
        client.send(new ChangeMessageVisibilityCommand(input)),
      );
    },
  };
}

/** Lambda sends a record around the event; EventBridge and its Scheduler send the event itself and name the target in an attribute. */
function letterOf({ Body = '', ReceiptHandle = '', MessageAttributes = {} }: Message): DeadLetter {
  const body = jsonOf(Body);
  const record = FailureRecord.safeParse(body);
  if (record.success) {
    const { requestContext, requestPayload } = record.data;
    return {
      receipt: ReceiptHandle,
      functionName: requestContext.functionArn,
      event: requestPayload,
    };
  }
  const target = MessageAttributes['TARGET_ARN']?.StringValue;
  const isReadable = typeof body === 'object' && body !== null;
  return { receipt: ReceiptHandle, functionName: isReadable ? target : undefined, event: body };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function sent<Output>(operation: string, send: () => Promise<Output>): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    throw storeError(`SQS ${operation}`, error);
  }
}
