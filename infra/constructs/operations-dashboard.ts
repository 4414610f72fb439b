import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { attemptOutcomes, endStatuses } from '#shared/domain/metrics.ts';
import { quireMetrics } from './quire-metric.ts';
import type { Watched } from './watched.ts';

/** One page with what an operator asks first: do tasks end, what do they cost, are the providers well, does the platform hold. */
export class OperationsDashboard extends Dashboard {
  constructor(scope: Construct, id: string, watched: Watched) {
    const { stackName } = Stack.of(scope);
    super(scope, id, {
      dashboardName: stackName,
      defaultInterval: Duration.hours(24),
      widgets: [
        [
          new TextWidget({
            markdown: `# ${stackName}\nWhat each alarm means and what to do: \`docs/runbooks\`. Queries for the logs: \`docs/operations.md\`.`,
            width: 24,
            height: 2,
          }),
        ],
        ...(watched.hasOwnMetrics ? [taskRow(watched), providerRow(watched)] : []),
        platformRow(watched),
        storeRow(watched),
      ],
    });
  }
}

function taskRow({ stage, machines, providers }: Watched): IWidget[] {
  const own = quireMetrics(stage);
  const ends = machines.flatMap(({ workflowId: workflow }) =>
    endStatuses.map((status) =>
      own('TasksEnded', { workflow, status }, { label: `${workflow} ${status}` }),
    ),
  );
  const hour = Duration.hours(1);
  return [
    graph('Tasks ended', ends),
    graph('Not ended', [
      own('UnendedTasks', {}, { statistic: 'Maximum' }),
      own('StuckTasks', {}, { statistic: 'Maximum' }),
    ]),
    graph('Failures that are ours', [
      own('TasksBroken', {}),
      own('TasksReconciled', {}),
      own('BudgetStops', {}),
    ]),
    graph(
      'Dollars per hour',
      providers.map((provider, index) => {
        const id = `cost${index}`;
        const usingMetrics = { [id]: own('CostInMicroUsd', { provider }) };
        const expression = `${id} / 1000000`;
        return new MathExpression({ expression, usingMetrics, label: provider, period: hour });
      }),
    ),
  ];
}

function providerRow({ stage, providers }: Watched): IWidget[] {
  const own = quireMetrics(stage);
  return [
    graph(
      'Attempts by outcome',
      providers.flatMap((provider) =>
        attemptOutcomes.map((outcome) =>
          own('Attempts', { provider, outcome }, { label: `${provider} ${outcome}` }),
        ),
      ),
    ),
    graph(
      'Model latency (p50, p95)',
      providers.flatMap((provider) =>
        ['p50', 'p95'].map((statistic) =>
          own('ModelLatencyInMs', { provider }, { statistic, label: `${provider} ${statistic}` }),
        ),
      ),
    ),
    graph(
      'Slowed down and given up',
      providers.flatMap((provider) => [
        own('RateLimited', { provider }, { label: `${provider} rate limited` }),
        own('CircuitOpened', { provider }, { label: `${provider} circuit opened` }),
      ]),
    ),
    graph(
      'Tokens',
      providers.flatMap((provider) => [
        own('InputTokens', { provider }, { label: `${provider} in` }),
        own('OutputTokens', { provider }, { label: `${provider} out` }),
      ]),
    ),
  ];
}

function platformRow({ api, machines, table }: Watched): IWidget[] {
  const functions = `{AWS/Lambda,FunctionName} "${Stack.of(table).stackName}-"`;
  return [
    graph('API', [api.requests, api.serverErrors]),
    graph('Lambda errors', [search(`${functions} MetricName="Errors"`)]),
    graph('Lambda throttles', [search(`${functions} MetricName="Throttles"`)]),
    graph(
      'Executions',
      machines.flatMap((machine) => [
        machine.metricStarted({ label: `${machine.workflowId} started` }),
        machine.metricFailed({ label: `${machine.workflowId} failed` }),
        machine.metricTimedOut({ label: `${machine.workflowId} timed out` }),
        machine.metricAborted({ label: `${machine.workflowId} aborted` }),
      ]),
    ),
  ];
}

function storeRow({ table, deadLetters }: Watched): IWidget[] {
  return [
    graph('Table, units consumed', [
      table.metricConsumedReadCapacityUnits({ label: 'read' }),
      table.metricConsumedWriteCapacityUnits({ label: 'written' }),
    ]),
    graph('Table, throttled', [
      table.metric('ReadThrottleEvents', { statistic: 'Sum', label: 'read' }),
      table.metric('WriteThrottleEvents', { statistic: 'Sum', label: 'written' }),
    ]),
    graph(
      'Dead letters',
      deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
    ),
  ];
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 6, height: 6 });
}

function search(terms: string): IMetric {
  return new MathExpression({
    expression: `SEARCH('${terms}', 'Sum', 300)`,
    usingMetrics: {},
    label: '',
  });
}
