import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { providerSecretVariable } from '#shared/domain/environment.ts';
import { stepMemoryInMb, stepTimeoutInSeconds } from '#shared/workflows/step-limits.ts';
import { type StepName, stepNames } from '#shared/workflows/step-names.ts';
import type { DocumentBucket } from './document-bucket.ts';
import type { ProviderSecrets } from './provider-secrets.ts';
import {
  type BucketAccess,
  QuireFunction,
  type QuireFunctionProps,
  type TableAccess,
} from './quire-function.ts';
import { readerFileHooks } from './reader-files.ts';
import type { StateTable } from './state-table.ts';
import { workflowFileHooks } from './workflow-files.ts';

export interface WorkflowStepsProps {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly providerSecrets: ProviderSecrets;
  /** Files that are parsed at the same time at most. */
  readonly readerConcurrency?: number | undefined;
  /** Definitions of the user's own workflows. */
  readonly workflowFiles: readonly string[];
}

/** One function for each step, all workflows together: they share the steps, and each step has its own rights. */
export class WorkflowSteps extends Construct {
  readonly functions: ReadonlyMap<StepName, QuireFunction>;

  constructor(scope: Construct, id: string, props: WorkflowStepsProps) {
    super(scope, id);
    this.functions = new Map(stepNames.map((step) => [step, this.createStep(step, props)]));
    // Only the step that asks the model can read the providers' keys.
    for (const [provider, secret] of props.providerSecrets.secrets) {
      this.functions.get('run-calls')?.bindSecret(providerSecretVariable(provider), secret);
    }
    for (const step of announcing) this.functions.get(step)?.bindEvents();
  }

  private createStep(step: StepName, props: WorkflowStepsProps): QuireFunction {
    const { table, bucket, ceiling, commandHooks, ...options } = stepPlans[step];
    const { readerConcurrency, workflowFiles } = props;
    const isLimited = step === 'read-document' && readerConcurrency !== undefined;
    const created = new QuireFunction(this, step, {
      entry: `lambdas/steps/${step}.ts`,
      timeout: Duration.seconds(stepTimeoutInSeconds[step]),
      memoryInMb: stepMemoryInMb(step),
      ...options,
      commandHooks: stepsWithoutWorkflows.includes(step)
        ? commandHooks
        : workflowFileHooks(workflowFiles, commandHooks),
      ...(isLimited ? { reservedConcurrency: readerConcurrency } : {}),
    }).bindTable(props.table, table);
    if (ceiling !== undefined) created.forbidAllBut(ceiling);
    return bucket === undefined ? created : created.bindBucket(props.bucket, bucket);
  }
}

/** Steps that tell the world outside: of a stage, of an end. */
const announcing: readonly StepName[] = [
  'ask-approval',
  'assemble-answers',
  'run-code',
  'run-children',
  'close-task',
  'fail-task',
];

/** Steps that know the task and no more. */
const stepsWithoutWorkflows: readonly StepName[] = ['await-answers', 'close-task', 'fail-task'];

interface StepPlan extends Omit<QuireFunctionProps, 'entry' | 'timeout'> {
  readonly table: TableAccess;
  readonly bucket?: BucketAccess;
  /** All that the function may ever do, whatever a later change allows it. */
  readonly ceiling?: readonly string[];
}

const inputs = 'tasks/*/input/*';
const documents = 'tasks/*/document/*';
const plans = 'tasks/*/plan/*';
const answers = 'tasks/*/calls/*';
const outputs = 'tasks/*/stage/*';
const artifacts = 'tasks/*/output/*';

/** The reader runs on what strangers wrote. No right beyond these reaches it, not even by a policy that somebody attaches by hand. */
const readerCeiling = [
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'dynamodb:GetItem',
  'dynamodb:Query',
  // For what is encrypted with a key of the account; S3 and DynamoDB use it in the reader's name.
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

const stepPlans: Readonly<Record<StepName, StepPlan>> = {
  'open-task': {
    description: 'marks a task as running, and clears what a resumed one makes anew',
    table: 'read-write',
    bucket: { read: [plans, outputs], delete: [plans, outputs] },
  },
  // It parses files of strangers: no secrets, and nothing to read but those files.
  'read-document': {
    description: 'parses one input',
    commandHooks: readerFileHooks,
    table: 'read',
    bucket: { read: [inputs, documents], write: [documents] },
    ceiling: readerCeiling,
  },
  'plan-calls': {
    description: 'plans the calls of a stage',
    table: 'read-write',
    bucket: { read: [documents, plans, outputs], write: [plans] },
  },
  'ask-approval': {
    description: 'asks a person, for whom the machine then waits',
    table: 'read-write',
    bucket: { read: [documents, plans, outputs] },
  },
  'run-calls': {
    description: 'asks the model, many calls at once',
    table: 'read-write',
    bucket: { read: [documents, plans, answers, outputs], write: [answers] },
  },
  'await-answers': {
    description: 'leaves word of a state that waits for announced answers',
    table: 'read-write',
  },
  'assemble-answers': {
    description: 'makes the output of a round from its answers',
    table: 'read',
    bucket: { read: [documents, plans, answers, outputs], write: [outputs] },
  },
  'run-code': {
    description: 'runs a stage of plain code',
    table: 'read-write',
    bucket: { read: [documents, outputs], write: [outputs] },
  },
  'run-children': {
    description: 'starts and looks after the tasks of a plan',
    table: 'read-write',
    // It hands inputs and artifacts of one task on to the next.
    bucket: {
      read: [inputs, documents, plans, outputs, artifacts],
      write: [inputs, plans, outputs],
    },
  },
  render: {
    description: 'writes the artifacts',
    table: 'read-write',
    bucket: {
      // Of children it copies what they have delivered.
      read: [inputs, documents, plans, answers, outputs, artifacts],
      write: [outputs, artifacts],
    },
  },
  'close-task': {
    description: 'ends a task that has delivered',
    table: 'read-write',
    bucket: { read: [outputs] },
  },
  'fail-task': { description: 'ends a task that has failed', table: 'read-write' },
};
