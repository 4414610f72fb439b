import { askAws } from './aws-json.ts';
import type { SeenEvent } from './deployment.ts';

/** A queue behind a rule of the default bus: every event of S3 and of Quire is seen. */
export async function openEventTap(endpoint: string, name: string) {
  const { QueueUrl: queue } = await askAws(endpoint, 'AmazonSQS.CreateQueue', { QueueName: name });
  await askAws(endpoint, 'AWSEvents.PutRule', {
    Name: name,
    EventPattern: JSON.stringify({ source: ['aws.s3', 'quire'] }),
    State: 'ENABLED',
  });
  const Arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  await askAws(endpoint, 'AWSEvents.PutTargets', { Rule: name, Targets: [{ Id: 'tap', Arn }] });
  const seen: SeenEvent[] = [];

  return {
    /** All events so far. */
    async read(): Promise<readonly SeenEvent[]> {
      for (;;) {
        const { Messages = [] } = await askAws(endpoint, 'AmazonSQS.ReceiveMessage', {
          QueueUrl: queue,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 3_600,
        });
        if (Messages.length === 0) return seen;
        seen.push(...Messages.map(({ Body }: { Body: string }) => JSON.parse(Body)));
      }
    },
    async publish(event: { source: string; detailType: string; detail: unknown }): Promise<void> {
      const entry = {
        Source: event.source,
        DetailType: event.detailType,
        Detail: JSON.stringify(event.detail),
      };
      const answer = await askAws(endpoint, 'AWSEvents.PutEvents', { Entries: [entry] });
      if (answer.FailedEntryCount > 0) throw new Error(JSON.stringify(answer));
    },
    async close(): Promise<void> {
      await askAws(endpoint, 'AWSEvents.RemoveTargets', { Rule: name, Ids: ['tap'] });
      await askAws(endpoint, 'AWSEvents.DeleteRule', { Name: name });
      await askAws(endpoint, 'AmazonSQS.DeleteQueue', { QueueUrl: queue });
    },
  };
}
