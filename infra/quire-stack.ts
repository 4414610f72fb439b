import { CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentNames } from '#shared/domain/environment.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { ApiKey } from './constructs/api-key.ts';
import { DocumentBucket } from './constructs/document-bucket.ts';
import { InboxRule } from './constructs/inbox-rule.ts';
import { ProviderCallbacks } from './constructs/provider-callbacks.ts';
import { ProviderSecrets } from './constructs/provider-secrets.ts';
import { QuireFunction } from './constructs/quire-function.ts';
import { StateTable } from './constructs/state-table.ts';
import { TaskApi } from './constructs/task-api.ts';
import { machineArn, WorkflowMachine } from './constructs/workflow-machine.ts';
import { WorkflowSteps } from './constructs/workflow-steps.ts';
import { acknowledgeFindings } from './nag-acknowledgements.ts';
import type { Settings } from './settings.ts';

export interface QuireStackProps {
  readonly settings: Settings;
  readonly workflows: readonly Workflow[];
}

/** Quire in one stack. Nothing in it is billed by the hour: at rest it costs its secrets and what it stores. */
export class QuireStack extends Stack {
  constructor(scope: Construct, id: string, props: QuireStackProps) {
    super(scope, id, { description: 'Quire: office-document tasks as many small model calls' });
    const { settings } = props;

    // What it keeps.
    const bucket = new DocumentBucket(this, 'Documents', { retentionDays: settings.retentionDays });
    const table = new StateTable(this, 'State');
    const providerSecrets = new ProviderSecrets(this, 'ProviderKey', {
      providers: settings.providers,
    });
    const apiKey = new ApiKey(this, 'ApiKey');

    // What does the work: one function for each step, one machine for each workflow.
    const steps = new WorkflowSteps(this, 'Step', { bucket, table, providerSecrets });
    const machines = props.workflows.map(
      (workflow) => new WorkflowMachine(this, `Workflow-${workflow.id}`, { workflow, steps }),
    );

    // What starts it: the API, and files under inbox/.
    const taskTokens = props.workflows.map(({ id }) => machineArn(this, id));
    steps.functions.get('await-answers')?.bindTaskTokens(taskTokens);
    const callback =
      settings.runwareWebhooks === 'on'
        ? createCallbackFunction(this, { table, steps, taskTokens, settings })
        : [];

    const entrance = { bucket, table, machines };
    const api = createApiFunction(this, entrance);
    const authorizer = createAuthorizerFunction(this, apiKey);
    const inbox = createInboxFunction(this, entrance);
    const { url } = new TaskApi(this, 'TaskApi', {
      stage: settings.stage,
      handler: api,
      authorizer,
      requestsPerSecond: settings.requestsPerSecond,
    });
    const { deadLetters } = new InboxRule(this, 'InboxRule', { bucket, handler: inbox });

    const workers = [...steps.functions.values(), api, inbox, ...callback];
    for (const each of workers) applySettings(each, settings);
    Tags.of(this).add('project', 'quire');
    Tags.of(this).add('stage', settings.stage);
    acknowledgeFindings(this, machines);

    this.output('ApiUrl', url);
    this.output('ApiKeySecret', apiKey.secretArn);
    for (const [provider, secret] of providerSecrets.secrets) {
      this.output(`ProviderKeySecret-${provider}`, secret.secretArn);
    }
    this.output('BucketName', bucket.bucketName);
    this.output('TableName', table.tableName);
    this.output('InboxDeadLetterQueue', deadLetters.queueUrl);
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name.replace('-', ''), { value });
  }
}

interface Entrance {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly machines: readonly WorkflowMachine[];
}

function createApiFunction(stack: QuireStack, { bucket, table, machines }: Entrance) {
  const api = new QuireFunction(stack, 'Api', {
    entry: 'lambdas/api.ts',
    description: 'serves the REST API',
    timeout: Duration.seconds(29),
  })
    .bindTable(table, 'read-write')
    .bindTableIndexes(table)
    // To write under uploads/ is the right that its presigned forms hand on.
    .bindBucket(bucket, {
      read: ['uploads/*', 'tasks/*/output/*'],
      write: ['uploads/*', 'tasks/*/input/*'],
    });
  for (const machine of machines) api.bindMachine(machine, 'start-and-stop');
  return api;
}

function createInboxFunction(stack: QuireStack, { bucket, table, machines }: Entrance) {
  const inbox = new QuireFunction(stack, 'Inbox', {
    entry: 'lambdas/inbox.ts',
    description: 'submits a task for a file under inbox/',
    timeout: Duration.seconds(60),
  })
    .bindTable(table, 'read-write')
    .bindBucket(bucket, {
      read: ['inbox/*', 'uploads/*'],
      write: ['uploads/*', 'tasks/*/input/*'],
    });
  for (const machine of machines) inbox.bindMachine(machine, 'start');
  return inbox;
}

/** The entrance for announcements of providers, and the address of it for the step that asks them. */
function createCallbackFunction(
  stack: QuireStack,
  parts: {
    readonly table: StateTable;
    readonly steps: WorkflowSteps;
    readonly taskTokens: readonly string[];
    readonly settings: Settings;
  },
): readonly QuireFunction[] {
  const { requestsPerSecond } = parts.settings;
  const callbacks = new ProviderCallbacks(stack, 'Callbacks', { requestsPerSecond });
  const handler = new QuireFunction(stack, 'Callback', {
    entry: 'lambdas/callback.ts',
    description: 'takes note of answers that providers announce',
    timeout: Duration.seconds(10),
  })
    .bindTable(parts.table, 'read-write')
    .bindTaskTokens(parts.taskTokens)
    .bindSecret(environmentNames.webhookSecret, callbacks.secret);
  callbacks.deliverTo(handler);
  parts.steps.functions
    .get('run-calls')
    ?.bindSecret(environmentNames.webhookSecret, callbacks.secret)
    .addEnvironment(environmentNames.webhookBaseUrl, callbacks.url);
  return [handler];
}

function createAuthorizerFunction(stack: QuireStack, apiKey: ApiKey) {
  return new QuireFunction(stack, 'Authorizer', {
    entry: 'lambdas/authorizer.ts',
    description: 'checks API keys',
    timeout: Duration.seconds(10),
  }).bindSecret(environmentNames.apiKeySecret, apiKey);
}

function applySettings(target: QuireFunction, settings: Settings): void {
  target.addEnvironment(environmentNames.providers, settings.providers.join(','));
  target.addEnvironment(environmentNames.retentionDays, String(settings.retentionDays));
  target.addEnvironment(environmentNames.defaultBudgetUsd, String(settings.budgetUsd));
  target.addEnvironment(environmentNames.cache, settings.cache);
  const { monthBudgetUsd, keyMonthBudgetUsd } = settings;
  if (monthBudgetUsd !== undefined) {
    target.addEnvironment(environmentNames.monthBudgetUsd, String(monthBudgetUsd));
  }
  if (keyMonthBudgetUsd !== undefined) {
    target.addEnvironment(environmentNames.keyMonthBudgetUsd, String(keyMonthBudgetUsd));
  }
  for (const [name, value] of Object.entries(settings.providerVariables)) {
    target.addEnvironment(name, value);
  }
}
