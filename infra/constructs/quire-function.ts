import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type ICommandHooks, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { environmentNames, stateMachineVariable } from '#shared/domain/environment.ts';
import { stateTable } from '#shared/domain/table.ts';
import { eventSource } from '#shared/domain/task-event.ts';
import { cdkBundling, projectRoot } from '../bundling.ts';
import type { DocumentBucket } from './document-bucket.ts';
import type { StateTable } from './state-table.ts';

export interface QuireFunctionProps {
  /** File of the handler, from the root of the project. */
  readonly entry: string;
  readonly description: string;
  readonly timeout: Duration;
  /** @default 512 MB */
  readonly memoryInMb?: number;
  /** Commands around the bundling, for files that must ship beside the code. */
  readonly commandHooks?: ICommandHooks | undefined;
  /** Runs at the same time at most; taken from the account's concurrency, which costs nothing. */
  readonly reservedConcurrency?: number;
}

/** What a function may do with the table. Rows are never deleted; they expire. */
export type TableAccess = 'read' | 'read-write';

/** A state machine, as a function that starts it needs it. */
export interface StartableMachine {
  readonly workflowId: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;

/** Key patterns of the bucket that a function may read and write, `*` for any characters. */
export interface BucketAccess {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly delete?: readonly string[];
}

/**
 * The one kind of function in the stack. Each has a role of its own that can do nothing but log and trace; every `bind…` grants one
 * right and sets the variable through which the code finds the resource, so that the two cannot disagree.
 */
export class QuireFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: QuireFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Quire: ${props.description}`,
    });
    super(scope, id, {
      entry: `${projectRoot}${props.entry}`,
      projectRoot,
      depsLockFilePath: `${projectRoot}package-lock.json`,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryInMb ?? 512,
      timeout: props.timeout,
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
      tracing: Tracing.ACTIVE,
      awsSdkConnectionReuse: false,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      bundling: {
        ...cdkBundling,
        ...(props.commandHooks === undefined ? {} : { commandHooks: props.commandHooks }),
      },
    });
    logGroup.grantWrite(role);
  }

  /** Lets the code use the table and its indexes. */
  bindTable(table: StateTable, access: TableAccess): this {
    this.addEnvironment(environmentNames.table, table.tableName);
    const read = ['dynamodb:GetItem', 'dynamodb:Query'];
    const write = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
    this.allow(access === 'read' ? read : [...read, ...write], [table.tableArn]);
    return this;
  }

  /**
   * Lets the code read API keys and note their last use, and nothing else of the table. `Null` refuses requests that name no partition, to which
   * `ForAllValues` alone would say yes.
   */
  bindApiKeys(table: StateTable): this {
    this.addEnvironment(environmentNames.table, table.tableName);
    const { partitionPrefix, lastUse } = stateTable.apiKeys;
    const keysOnly = {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${partitionPrefix}*`] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    };
    this.allow(['dynamodb:GetItem'], [table.tableArn], keysOnly);
    this.allow(['dynamodb:UpdateItem'], [table.tableArn], {
      ...keysOnly,
      'ForAllValues:StringEquals': {
        'dynamodb:Attributes': [stateTable.partitionKey, stateTable.sortKey, lastUse],
      },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
    });
    return this;
  }

  /** Lets the code look up announced uploads, and nothing else of the table. */
  bindUploads(table: StateTable): this {
    this.addEnvironment(environmentNames.table, table.tableName);
    this.allow(['dynamodb:GetItem'], [table.tableArn], {
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': [`${stateTable.uploads.partitionPrefix}*`],
      },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
    return this;
  }

  /** Lets the code list tasks across partitions, through the indexes of the table. */
  bindTableIndexes(table: StateTable): this {
    this.allow(['dynamodb:Query'], table.indexArns);
    return this;
  }

  /** Lets the code read and write objects under the key patterns, and nothing else in the bucket. */
  bindBucket(bucket: DocumentBucket, access: BucketAccess): this {
    this.addEnvironment(environmentNames.bucket, bucket.bucketName);
    const arnsOf = (patterns: readonly string[] = []) =>
      patterns.map((key) => bucket.arnForObjects(key));
    if (access.read !== undefined) {
      this.allow(['s3:GetObject'], arnsOf(access.read));
      // Without it S3 answers 403 where an object is missing, and the code could not tell that from a fault.
      this.allow(['s3:ListBucket'], [bucket.bucketArn]);
    }
    if (access.write !== undefined) this.allow(['s3:PutObject'], arnsOf(access.write));
    if (access.delete !== undefined) this.allow(['s3:DeleteObject'], arnsOf(access.delete));
    return this;
  }

  /** Lets the code read one secret, whose ARN is in the variable. */
  bindSecret(variable: string, secret: Secret): this {
    this.addEnvironment(variable, secret.secretArn);
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    return this;
  }

  /** Lets the code put events aside that it refuses. */
  bindDeadLetters(queue: Queue): this {
    this.addEnvironment(environmentNames.deadLetterQueue, queue.queueUrl);
    this.allow(['sqs:SendMessage'], [queue.queueArn]);
    return this;
  }

  /** Lets the code put events of ours on the default bus, under the name of the deployment. */
  bindEvents(): this {
    const stack = Stack.of(this);
    this.addEnvironment(environmentNames.deployment, stack.stackName);
    const bus = stack.formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: 'default',
    });
    this.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['events:PutEvents'],
        resources: [bus],
        conditions: { StringEquals: { 'events:source': eventSource } },
      }),
    );
    return this;
  }

  /** Lets the code start a workflow's machine and, if asked, stop its executions. */
  bindMachine(machine: StartableMachine, access: 'start' | 'start-and-stop'): this {
    this.addEnvironment(stateMachineVariable(machine.workflowId), machine.stateMachineArn);
    this.allow(['states:StartExecution'], [machine.stateMachineArn]);
    if (access === 'start-and-stop') {
      this.allow(['states:StopExecution'], [this.executionsOf(machine)]);
    }
    return this;
  }

  /** Lets the code start a workflow's machine that is known by its name alone, since it runs this function itself. */
  bindNamedMachine(workflowId: string, stateMachineArn: string): this {
    this.addEnvironment(stateMachineVariable(workflowId), stateMachineArn);
    this.allow(['states:StartExecution'], [stateMachineArn]);
    return this;
  }

  /** Denies everything but these actions. A denial outweighs every right, so a right that is given by mistake later has no effect. */
  forbidAllBut(actions: readonly string[]): this {
    const { account } = Stack.of(this);
    this.addToRolePolicy(
      new PolicyStatement({ effect: Effect.DENY, notActions: [...actions], resources: ['*'] }),
    );
    // Nor may those reach into the account of somebody else, whose bucket might be named in a policy.
    this.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: actions.filter((action) => /^(s3|dynamodb):/.test(action)),
        resources: ['*'],
        conditions: { StringNotEquals: { 'aws:ResourceAccount': account } },
      }),
    );
    return this;
  }

  /** Lets the code ask where the executions of a machine stand. */
  bindExecutionStates(machine: StartableMachine): this {
    this.allow(['states:DescribeExecution'], [this.executionsOf(machine)]);
    return this;
  }

  /** Lets the code answer for the executions of a machine that wait; it has to have their tokens too. */
  bindTaskTokens(machine: StartableMachine): this {
    this.allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], [machine.stateMachineArn]);
    return this;
  }

  /** Lets the code tell states of these machines that an answer is there, by the name of the machine. */
  bindAnswers(stateMachineArns: readonly string[]): this {
    this.allow(['states:SendTaskSuccess'], stateMachineArns);
    return this;
  }

  private executionsOf(machine: StartableMachine): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${machine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private allow(
    actions: readonly string[],
    resources: readonly string[],
    conditions?: Conditions,
  ): void {
    if (resources.length === 0) return;
    this.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...actions],
        resources: [...resources],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
}
