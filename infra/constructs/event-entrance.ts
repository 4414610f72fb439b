import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { scheduleSource, taskRequestDetailType } from '#shared/domain/task-event.ts';
import type { Schedule } from '../event-settings.ts';
import type { DocumentBucket } from './document-bucket.ts';
import { QuireFunction, type StartableMachine } from './quire-function.ts';
import type { StateTable } from './state-table.ts';
import { workflowFileHooks } from './workflow-files.ts';

export interface EventEntranceProps {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly machines: readonly StartableMachine[];
  /** Gets what cannot become a task, and what could not be delivered. */
  readonly deadLetters: Queue;
  /** Definitions of the user's own workflows. */
  readonly workflowFiles: readonly string[];
  readonly settings: {
    readonly eventSources: readonly string[];
    readonly schedules: readonly Schedule[];
  };
}

/** Events of the user's own and schedules start tasks: one function for both, and none where the settings name neither. */
export class EventEntrance extends Construct {
  /** The function, or nothing. */
  readonly functions: readonly QuireFunction[];

  constructor(scope: Construct, id: string, props: EventEntranceProps) {
    super(scope, id);
    const { eventSources, schedules } = props.settings;
    if (eventSources.length === 0 && schedules.length === 0) {
      this.functions = [];
      return;
    }
    const handler = createHandler(Stack.of(this), props);
    this.functions = [handler];
    if (eventSources.length > 0) this.listen(handler, props);
    if (schedules.length > 0) this.schedule(handler, props);
  }

  private listen(handler: QuireFunction, { settings, deadLetters }: EventEntranceProps): void {
    new Rule(this, 'TaskRequested', {
      description: 'Quire: an event of your own starts a task',
      eventPattern: { source: [...settings.eventSources], detailType: [taskRequestDetailType] },
      targets: [
        new LambdaFunction(handler, {
          deadLetterQueue: deadLetters,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }

  private schedule(handler: QuireFunction, props: EventEntranceProps): void {
    const { settings, deadLetters, machines } = props;
    const role = new Role(this, 'ScheduleRole', {
      // Only for schedules of this account: the service itself acts for everybody.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Quire: runs the function that submits scheduled tasks',
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [handler.functionArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    );
    for (const each of settings.schedules) {
      refuseUnknownWorkflow(each, machines);
      const schedule = new CfnSchedule(this, `Schedule-${each.name}`, {
        description: `Quire: ${each.name}`,
        scheduleExpression: each.expression,
        ...(each.timezone === undefined ? {} : { scheduleExpressionTimezone: each.timezone }),
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: handler.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(eventOf(each)),
          deadLetterConfig: { arn: deadLetters.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 30 },
        },
      });
      // The service checks the rights of the role when it creates a schedule.
      schedule.node.addDependency(role);
    }
  }
}

/** The time is filled in by the service: the one that was meant, so that a second delivery carries the same. */
function eventOf({ name, task }: Schedule) {
  return {
    source: scheduleSource,
    'detail-type': taskRequestDetailType,
    schedule: name,
    time: '<aws.scheduler.scheduled-time>',
    detail: task,
  };
}

function createHandler(stack: Stack, props: EventEntranceProps): QuireFunction {
  const { bucket, table, machines, deadLetters, workflowFiles } = props;
  const handler = new QuireFunction(stack, 'Events', {
    entry: 'lambdas/events.ts',
    description: 'submits a task for an event or a schedule',
    timeout: Duration.seconds(60),
    commandHooks: workflowFileHooks(workflowFiles),
  })
    .bindTable(table, 'read-write')
    .bindBucket(bucket, { read: ['uploads/*'], write: ['tasks/*/input/*'] })
    .bindDeadLetters(deadLetters)
    .bindEvents();
  for (const machine of machines) handler.bindMachine(machine, 'start');
  handler.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(deadLetters),
  });
  return handler;
}

function refuseUnknownWorkflow(
  { name, task }: Schedule,
  machines: readonly StartableMachine[],
): void {
  const known = machines.map(({ workflowId }) => workflowId);
  if (known.includes(task.workflow)) return;
  throw new Error(
    `Expected the schedule ${name} to name one of the workflows ${known.join(', ')}; it names another.`,
  );
}
