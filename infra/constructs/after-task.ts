import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames } from '#shared/domain/environment.ts';
import { detailTypeOf, endEventKinds, eventSource } from '#shared/domain/task-event.ts';
import type { CallbackSecret } from './callback-secret.ts';
import type { DocumentBucket } from './document-bucket.ts';
import { outboxAccess } from './outbox-access.ts';
import { QuireFunction } from './quire-function.ts';
import type { StateTable } from './state-table.ts';

export interface AfterTaskProps {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly callbackSecret: CallbackSecret;
}

/**
 * What follows the end of a task. The functions that end tasks put an event on the bus and have no right to more; a rule brings it here,
 * where subscribers run and callbacks are sent. Every minute the same function sends the callbacks that are due and announces what was
 * forgotten.
 */
export class AfterTask extends Construct {
  readonly handler: QuireFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: AfterTaskProps) {
    super(scope, id);
    this.handler = new QuireFunction(this, 'Handler', {
      entry: 'lambdas/after-task.ts',
      description: 'announces ended tasks and sends completion webhooks',
      timeout: Duration.minutes(2),
    })
      .bindTable(props.table, 'read-write')
      .bindTableIndexes(props.table)
      .bindBucket(props.bucket, outboxAccess)
      .bindSecret(environmentNames.callbackSecret, props.callbackSecret)
      .bindEvents();
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.handler.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.deadLetters),
    });
    this.onEnd();
    this.everyMinute();
  }

  private onEnd(): void {
    new Rule(this, 'Ended', {
      description: 'Quire: what follows the end of a task',
      eventPattern: {
        source: [eventSource],
        detailType: endEventKinds.map(detailTypeOf),
        // There may be other deployments in the account, and the bus is shared.
        detail: { deployment: [Stack.of(this).stackName] },
      },
      targets: [
        new LambdaFunction(this.handler, {
          deadLetterQueue: this.deadLetters,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }

  /** A minute that is missed is made up for by the next one: no retries, no dead letters. */
  private everyMinute(): void {
    new Rule(this, 'EveryMinute', {
      description: 'Quire: callbacks that are due, and ends that were not announced',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.handler, { retryAttempts: 0 })],
    });
  }
}
