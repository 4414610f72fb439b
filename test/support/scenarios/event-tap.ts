import { askAws } from './aws-json.ts';
import type { SeenEvent } from './deployment.ts';

const patterns = {
  inbox: { source: ['aws.s3'], detail: { object: { key: [{ prefix: 'inbox/' }] } } },
  own: { source: ['quire'] },
};

/** A queue behind rules of the default bus: what is dropped into the inbox is seen, and what Quire tells. */
export async function openEventTap(endpoint: string, name: string) {
  const { QueueUrl: queue } = await askAws(endpoint, 'AmazonSQS.CreateQueue', { QueueName: name });
  const Targets = [{ Id: 'tap', Arn: `arn:aws:sqs:us-east-1:000000000000:${name}` }];
  for (const [kind, pattern] of Object.entries(patterns)) {
    const Rule = `${name}-${kind}`;
    const EventPattern = JSON.stringify(pattern);
    await askAws(endpoint, 'AWSEvents.PutRule', { Name: Rule, EventPattern, State: 'ENABLED' });
    await askAws(endpoint, 'AWSEvents.PutTargets', { Rule, Targets });
  }
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
      for (const kind of Object.keys(patterns)) {
        const Rule = `${name}-${kind}`;
        await askAws(endpoint, 'AWSEvents.RemoveTargets', { Rule, Ids: ['tap'] });
        await askAws(endpoint, 'AWSEvents.DeleteRule', { Name: Rule });
      }
      await askAws(endpoint, 'AmazonSQS.DeleteQueue', { QueueUrl: queue });
    },
  };
}
