import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ProviderName } from '#shared/domain/providers.ts';
import type { QuireFunction } from './quire-function.ts';
import type { StateTable } from './state-table.ts';
import type { WorkflowMachine } from './workflow-machine.ts';

/** What dashboard and alarms look at. */
export interface Watched {
  readonly stage: string;
  readonly providers: readonly ProviderName[];
  readonly machines: readonly WorkflowMachine[];
  readonly api: { readonly requests: IMetric; readonly serverErrors: IMetric };
  /** Functions that neither a machine nor the API calls: events and schedules do. */
  readonly entrances: readonly QuireFunction[];
  readonly deadLetters: readonly Queue[];
  readonly table: StateTable;
  /** Whether the functions write metrics of their own. */
  readonly hasOwnMetrics: boolean;
  readonly spendPerHourUsd: number;
}
