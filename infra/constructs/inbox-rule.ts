import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DocumentBucket } from './document-bucket.ts';
import type { QuireFunction } from './quire-function.ts';

export interface InboxRuleProps {
  readonly bucket: DocumentBucket;
  readonly handler: QuireFunction;
}

/** Files dropped under `inbox/` start tasks. An event that cannot be handled ends in the dead-letter queue, not in nothing. */
export class InboxRule extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: InboxRuleProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    props.handler.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.deadLetters),
    });
    new Rule(this, 'ObjectCreated', {
      description: 'Quire: a file under inbox/ starts a task',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        // Only this prefix: what the tasks themselves write must not start tasks. A field has one condition, so that markers, which lie
        // under it too, are dropped by the function (`inboxPlaceOf`).
        detail: {
          bucket: { name: [props.bucket.bucketName] },
          object: { key: [{ prefix: 'inbox/' }] },
        },
      },
      targets: [
        new LambdaFunction(props.handler, {
          deadLetterQueue: this.deadLetters,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }
}
