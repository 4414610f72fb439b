import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentNames } from '#shared/domain/environment.ts';
import { workflows } from '#shared/workflows/catalog.ts';
import { ApiKey } from './constructs/api-key.ts';
import { DocumentBucket } from './constructs/document-bucket.ts';
import { InboxRule } from './constructs/inbox-rule.ts';
import { ProviderSecrets } from './constructs/provider-secrets.ts';
import { QuireFunction } from './constructs/quire-function.ts';
import { StateTable } from './constructs/state-table.ts';
import { TaskApi } from './constructs/task-api.ts';
import { WorkflowMachine } from './constructs/workflow-machine.ts';
import { WorkflowSteps } from './constructs/workflow-steps.ts';
import type { Settings } from './settings.ts';

export interface QuireStackProps {
  readonly settings: Settings;
}

/** Quire in one stack. Nothing in it is billed by the hour: at rest it costs its secrets and what it stores. */
export class QuireStack extends Stack {
  constructor(scope: Construct, id: string, props: QuireStackProps) {
    super(scope, id, { description: 'Quire: office-document tasks as many small model calls' });
    const { settings } = props;

    const bucket = new DocumentBucket(this, 'Documents', { retentionDays: settings.retentionDays });
    const table = new StateTable(this, 'State');
    const providerSecrets = new ProviderSecrets(this, 'ProviderKey', { providers: settings.providers });
    const apiKey = new ApiKey(this, 'ApiKey');

    const steps = new WorkflowSteps(this, 'Step', { bucket, table, providerSecrets });
    const machines = workflows.map(
      (workflow) => new WorkflowMachine(this, `Workflow-${workflow.id}`, { workflow, steps }),
    );

    const api = new QuireFunction(this, 'Api', {
      entry: 'lambdas/api.ts',
      description: 'serves the REST API',
      timeout: Duration.seconds(29),
    })
      .bindTable(table, 'read-write')
      .bindTableIndexes(table)
      .bindBucket(bucket, {
        read: ['uploads/*', 'tasks/*/output/*'],
        // Under uploads/ it is the right that its presigned forms hand on.
        write: ['uploads/*', 'tasks/*/input/*'],
      });
    const inbox = new QuireFunction(this, 'Inbox', {
      entry: 'lambdas/inbox.ts',
      description: 'submits a task for a file under inbox/',
      timeout: Duration.seconds(60),
    })
      .bindTable(table, 'read-write')
      .bindBucket(bucket, { read: ['inbox/*'], write: ['tasks/*/input/*'] });
    const authorizer = new QuireFunction(this, 'Authorizer', {
      entry: 'lambdas/authorizer.ts',
      description: 'checks API keys',
      timeout: Duration.seconds(10),
    }).bindSecret(environmentNames.apiKeySecret, apiKey);
    for (const machine of machines) {
      api.bindMachine(machine, 'start-and-stop');
      inbox.bindMachine(machine, 'start');
    }

    const { url } = new TaskApi(this, 'TaskApi', {
      stage: settings.stage,
      handler: api,
      authorizer,
      requestsPerSecond: settings.requestsPerSecond,
    });
    const { deadLetters } = new InboxRule(this, 'InboxRule', { bucket, handler: inbox });
  }
}
