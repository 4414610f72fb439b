import { readFileSync } from 'node:fs';
import { CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { environmentNames } from '#shared/domain/environment.ts';
import type { Workflow } from '#shared/workflows/definition.ts';
import { projectRoot } from './bundling.ts';
import { AfterTask } from './constructs/after-task.ts';
import { type ApiAccess, createApiAccess } from './constructs/api-access.ts';
import { CallbackSecret } from './constructs/callback-secret.ts';
import { DocumentBucket } from './constructs/document-bucket.ts';
import { EstimateFunction } from './constructs/estimate-function.ts';
import { EventEntrance } from './constructs/event-entrance.ts';
import { InboxRule } from './constructs/inbox-rule.ts';
import { Operations } from './constructs/operations.ts';
import { ProviderCallbacks } from './constructs/provider-callbacks.ts';
import { ProviderSecrets } from './constructs/provider-secrets.ts';
import { QuireFunction } from './constructs/quire-function.ts';
import { StateTable } from './constructs/state-table.ts';
import { Sweeper } from './constructs/sweeper.ts';
import { TaskApi } from './constructs/task-api.ts';
import type { Watched } from './constructs/watched.ts';
import { workflowFileHooks } from './constructs/workflow-files.ts';
import { machineArn, WorkflowMachine } from './constructs/workflow-machine.ts';
import { WorkflowSteps } from './constructs/workflow-steps.ts';
import { harden } from './harden.ts';
import { acknowledgeFindings } from './nag-acknowledgements.ts';
import type { Settings } from './settings.ts';

export interface QuireStackProps {
  readonly settings: Settings;
  readonly workflows: readonly Workflow[];
  /** Files that define some of them, which ship with the functions. */
  readonly workflowFiles?: readonly string[];
}

/** Quire in one stack. Nothing in it is billed by the hour: at rest it costs its secrets and what it stores. */
export class QuireStack extends Stack {
  constructor(scope: Construct, id: string, props: QuireStackProps) {
    super(scope, id, { description: 'Quire: office-document tasks as many small model calls' });
    const { settings, workflowFiles = [] } = props;

    // What it keeps.
    const bucket = new DocumentBucket(this, 'Documents', { retentionDays: settings.retentionDays });
    const table = new StateTable(this, 'State');
    const providerSecrets = new ProviderSecrets(this, 'ProviderKey', {
      providers: settings.providers,
    });
    const callbackSecret = new CallbackSecret(this, 'CallbackSecret');

    // What does the work: one function for each step, one machine for each workflow.
    const steps = new WorkflowSteps(this, 'Step', {
      bucket,
      table,
      providerSecrets,
      readerConcurrency: settings.readerConcurrency,
      workflowFiles,
    });
    bindChildMachines(steps, this, props.workflows);
    const machines = props.workflows.map(
      (workflow) => new WorkflowMachine(this, `Workflow-${workflow.id}`, { workflow, steps }),
    );

    // What starts it: the API, and files under inbox/.
    const taskTokens = props.workflows.map(({ id }) => machineArn(this, id));
    steps.functions.get('await-answers')?.bindAnswers(taskTokens);
    const callback = createCallbackFunctions(this, { table, steps, taskTokens, settings });

    const entrance = { bucket, table, machines, workflowFiles };
    const api = createApiFunction(this, entrance).bindSecret(
      environmentNames.callbackSecret,
      callbackSecret,
    );
    const access = createApiAccess(this, { settings, table });
    const estimates = new EstimateFunction(this, 'Estimates', { bucket, table, workflowFiles });
    for (const each of [api, estimates]) each.addEnvironment(environmentNames.auth, settings.auth);
    const inbox = createInboxFunction(this, entrance);
    const taskApi = new TaskApi(this, 'TaskApi', {
      stage: settings.stage,
      handler: api,
      estimates,
      access,
      requestsPerSecond: settings.requestsPerSecond,
    });
    const { deadLetters } = new InboxRule(this, 'InboxRule', { bucket, handler: inbox });

    const events = new EventEntrance(this, 'EventEntrance', { ...entrance, deadLetters, settings });

    // What follows its end, and what looks after it.
    const afterTask = new AfterTask(this, 'AfterTask', { bucket, table, callbackSecret });
    const sweeper = new Sweeper(this, 'Sweeper', { table, machines, workflowFiles });

    const followers = [sweeper.handler, afterTask.handler];
    const entrances = [inbox, ...events.functions, ...callback, ...followers];
    const queues = [deadLetters, afterTask.deadLetters];
    watch(this, settings, { machines, api: taskApi, entrances, deadLetters: queues, table });
    for (const each of [...steps.functions.values(), api, estimates, ...entrances]) {
      applySettings(each, settings);
    }
    Tags.of(this).add('project', 'quire');
    Tags.of(this).add('stage', settings.stage);
    harden(this, settings, taskApi);
    acknowledgeFindings(this, machines);
    this.tell({
      taskApi,
      access,
      providerSecrets,
      bucket,
      table,
      deadLetters,
      afterTask,
      settings,
    });
  }

  /** What whoever deploys it needs to know. */
  private tell(has: Told): void {
    const { access, settings } = has;
    this.output('ApiUrl', has.taskApi.url);
    if (access.kind === 'token' && access.firstKey !== undefined) {
      this.output('ApiKeySecret', access.firstKey.secretArn);
    }
    for (const [provider, secret] of has.providerSecrets.secrets) {
      this.output(`ProviderKeySecret-${provider}`, secret.secretArn);
    }
    this.output('BucketName', has.bucket.bucketName);
    this.output('TableName', has.table.tableName);
    this.output('InboxDeadLetterQueue', has.deadLetters.queueUrl);
    this.output('AfterTaskDeadLetterQueue', has.afterTask.deadLetters.queueUrl);
    // `quire doctor` says what is left of it.
    if (settings.monthBudgetUsd !== undefined) {
      this.output('MonthBudgetUsd', String(settings.monthBudgetUsd));
    }
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name.replace('-', ''), { value });
  }
}

interface Told {
  readonly taskApi: TaskApi;
  readonly access: ApiAccess;
  readonly providerSecrets: ProviderSecrets;
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly deadLetters: Queue;
  readonly afterTask: AfterTask;
  readonly settings: Settings;
}

/** Stands in every log line. */
const { version } = JSON.parse(readFileSync(`${projectRoot}package.json`, 'utf8')) as {
  version: string;
};

interface Entrance {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  readonly machines: readonly WorkflowMachine[];
  readonly workflowFiles: readonly string[];
}

/** The step that starts children may start the machines of all workflows that have none of their own. They are named before they are made. */
function bindChildMachines(
  steps: WorkflowSteps,
  stack: QuireStack,
  workflows: readonly Workflow[],
): void {
  const childless = workflows.filter(({ stages }) =>
    stages.every(({ kind }) => kind !== 'children'),
  );
  for (const { id } of childless) {
    steps.functions.get('run-children')?.bindNamedMachine(id, machineArn(stack, id));
  }
}

function createApiFunction(
  stack: QuireStack,
  { bucket, table, machines, workflowFiles }: Entrance,
) {
  const api = new QuireFunction(stack, 'Api', {
    entry: 'lambdas/api.ts',
    description: 'serves the REST API',
    commandHooks: workflowFileHooks(workflowFiles),
    timeout: Duration.seconds(29),
  })
    .bindTable(table, 'read-write')
    .bindTableIndexes(table)
    // To write under uploads/ is the right that its presigned forms hand on.
    .bindBucket(bucket, {
      read: ['uploads/*', 'tasks/*/output/*'],
      write: ['uploads/*', 'tasks/*/input/*'],
    })
    .bindEvents();
  for (const machine of machines)
    api.bindMachine(machine, 'start-and-stop').bindTaskTokens(machine);
  return api;
}

function createInboxFunction(
  stack: QuireStack,
  { bucket, table, machines, workflowFiles }: Entrance,
) {
  const inbox = new QuireFunction(stack, 'Inbox', {
    entry: 'lambdas/inbox.ts',
    description: 'submits a task for a file under inbox/',
    commandHooks: workflowFileHooks(workflowFiles),
    timeout: Duration.seconds(60),
  })
    .bindTable(table, 'read-write')
    .bindBucket(bucket, {
      read: ['inbox/*', 'uploads/*'],
      // Of the inbox itself it writes the marker of what became no task, in place of an older one.
      write: ['uploads/*', 'tasks/*/input/*', 'inbox/.failed/*', 'inbox/*/.failed/*'],
      delete: ['inbox/*/.done/*'],
    })
    .bindEvents();
  for (const machine of machines) inbox.bindMachine(machine, 'start');
  return inbox;
}

/** Dashboard and alarms over everything. */
function watch(
  stack: QuireStack,
  settings: Settings,
  parts: Pick<Watched, 'machines' | 'api' | 'entrances' | 'deadLetters' | 'table'>,
): void {
  new Operations(stack, 'Operations', {
    watched: {
      ...parts,
      stage: settings.stage,
      providers: settings.providers,
      hasOwnMetrics: settings.metrics === 'on',
      spendPerHourUsd: settings.alarmSpendPerHourUsd ?? 5 * settings.budgetUsd,
    },
    hasAlarms: settings.alarms === 'on',
    hasDashboard: settings.dashboard === 'on',
    alarmEmail: settings.alarmEmail,
  });
}

/** The entrance for announcements of providers, and the address of it for the step that asks them. */
function createCallbackFunctions(
  stack: QuireStack,
  parts: {
    readonly table: StateTable;
    readonly steps: WorkflowSteps;
    readonly taskTokens: readonly string[];
    readonly settings: Settings;
  },
): readonly QuireFunction[] {
  const { requestsPerSecond, runwareWebhooks } = parts.settings;
  if (runwareWebhooks === 'off') return [];
  const callbacks = new ProviderCallbacks(stack, 'Callbacks', { requestsPerSecond });
  const handler = new QuireFunction(stack, 'Callback', {
    entry: 'lambdas/callback.ts',
    description: 'takes note of answers that providers announce',
    timeout: Duration.seconds(10),
  })
    .bindTable(parts.table, 'read-write')
    .bindAnswers(parts.taskTokens)
    .bindSecret(environmentNames.webhookSecret, callbacks.secret);
  callbacks.deliverTo(handler);
  parts.steps.functions
    .get('run-calls')
    ?.bindSecret(environmentNames.webhookSecret, callbacks.secret)
    .addEnvironment(environmentNames.webhookBaseUrl, callbacks.url);
  return [handler];
}

function applySettings(target: QuireFunction, settings: Settings): void {
  target.addEnvironment(environmentNames.providers, settings.providers.join(','));
  target.addEnvironment(environmentNames.retentionDays, String(settings.retentionDays));
  target.addEnvironment(environmentNames.defaultBudgetUsd, String(settings.budgetUsd));
  target.addEnvironment(environmentNames.cache, settings.cache);
  if (settings.allowLoopbackUrls) {
    target.addEnvironment(environmentNames.allowHttpUrls, 'loopback');
  }
  target.addEnvironment(environmentNames.stage, settings.stage);
  target.addEnvironment(environmentNames.version, version);
  target.addEnvironment(environmentNames.metrics, settings.metrics);
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
