import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { providerSecretVariable } from '#shared/domain/environment.ts';
import { stepTimeoutInSeconds } from '#shared/workflows/asl.ts';
import { type StepName, stepNames } from '#shared/workflows/step-names.ts';
import type { DocumentBucket } from './document-bucket.ts';
import { pdfDataHooks } from './pdf-data.ts';
import type { ProviderSecrets } from './provider-secrets.ts';
import {
  type BucketAccess,
  QuireFunction,
  type QuireFunctionProps,
  type TableAccess,
} from './quire-function.ts';
import type { StateTable } from './state-table.ts';

export interface WorkflowStepsProps {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly providerSecrets: ProviderSecrets;
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
  }

  private createStep(step: StepName, props: WorkflowStepsProps): QuireFunction {
    const { table, bucket, ...options } = stepPlans[step];
    const created = new QuireFunction(this, step, {
      entry: `lambdas/steps/${step}.ts`,
      timeout: Duration.seconds(stepTimeoutInSeconds[step]),
      ...options,
    }).bindTable(props.table, table);
    return bucket === undefined ? created : created.bindBucket(props.bucket, bucket);
  }
}

interface StepPlan extends Omit<QuireFunctionProps, 'entry' | 'timeout'> {
  readonly table: TableAccess;
  readonly bucket?: BucketAccess;
}

const inputs = 'tasks/*/input/*';
const documents = 'tasks/*/document/*';
const plans = 'tasks/*/plan/*';
const answers = 'tasks/*/calls/*';
const outputs = 'tasks/*/stage/*';
const artifacts = 'tasks/*/output/*';
const cache = 'cache/*';

const stepPlans: Readonly<Record<StepName, StepPlan>> = {
  'open-task': {
    description: 'marks a task as running, and clears what a resumed one makes anew',
    table: 'read-write',
    bucket: { read: [plans, outputs], delete: [plans, outputs] },
  },
  // It parses files of strangers: no secrets, and nothing to read but those files.
  'read-document': {
    description: 'parses one input',
    memoryInMb: 2_048,
    commandHooks: pdfDataHooks,
    table: 'read',
    bucket: { read: [inputs, documents], write: [documents] },
  },
  'plan-calls': {
    description: 'plans the calls of a stage',
    table: 'read-write',
    bucket: { read: [documents, plans, outputs], write: [plans] },
  },
  'run-calls': {
    description: 'asks the model, many calls at once',
    table: 'read-write',
    bucket: { read: [documents, plans, answers, outputs, cache], write: [answers, cache] },
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
  render: {
    description: 'writes the artifacts',
    table: 'read-write',
    bucket: { read: [documents, plans, answers, outputs], write: [outputs, artifacts] },
  },
  'close-task': {
    description: 'ends a task that has delivered',
    table: 'read-write',
    bucket: { read: [outputs] },
  },
  'fail-task': { description: 'ends a task that has failed', table: 'read-write' },
};
