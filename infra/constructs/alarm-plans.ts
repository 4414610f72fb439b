import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ProviderName } from '#shared/domain/providers.ts';
import { type QuireMetrics, quireMetrics } from './quire-metric.ts';
import type { Watched } from './watched.ts';

/** An alarm: what it looks at and when it goes off. Its name is that of its runbook, `docs/runbooks/<name>.md`. */
export interface AlarmPlan {
  readonly name: string;
  readonly meaning: string;
  readonly metric: IMetric;
  /** It goes off at this value and above. */
  readonly threshold: number;
  /** Periods in a row. */
  readonly periods: number;
}

const fiveMinutes = Duration.minutes(5);
const quarterHour = Duration.minutes(15);

/** The alarms of a deployment. CloudWatch bills each metric that an alarm looks at, so sums are taken over few of them. */
export function alarmPlans(watched: Watched): readonly AlarmPlan[] {
  return [...(watched.hasOwnMetrics ? plansOverOurs(watched) : []), ...plansOverAws(watched)];
}

function plansOverOurs({ stage, providers, spendPerHourUsd }: Watched): readonly AlarmPlan[] {
  const own = quireMetrics(stage);
  return [
    {
      name: 'stuck-tasks',
      meaning: 'Tasks have not begun for long, or are past their deadline and have not ended.',
      metric: own('StuckTasks', {}, { statistic: 'Maximum', period: quarterHour }),
      threshold: 1,
      periods: 2,
    },
    {
      // Not ExecutionsFailed: a task with a corrupt file fails its execution too, which is its owner's matter.
      name: 'failed-executions',
      meaning:
        'Tasks failed for a reason that is not in what was submitted, or their executions were lost.',
      metric: sumOf([own('TasksBroken', {}), own('TasksReconciled', {})], quarterHour),
      threshold: 1,
      periods: 1,
    },
    {
      name: 'providers-failing',
      meaning: 'Every provider of the model is failing, so that no task can go on.',
      metric: least(circuitsOf(own, providers), fiveMinutes),
      threshold: 1,
      periods: 3,
    },
    {
      name: 'spend-per-hour',
      meaning: `The model has cost ${spendPerHourUsd} dollars or more within an hour.`,
      metric: sumOf(
        providers.map((provider) => own('CostInMicroUsd', { provider })),
        Duration.hours(1),
      ),
      threshold: spendPerHourUsd * 1_000_000,
      periods: 1,
    },
    ...(hasWebhook(providers)
      ? [
          {
            name: 'webhook-refusals',
            meaning: 'Callbacks keep coming that are not believed: forged, late or sent twice.',
            metric: own('WebhookRefused', {}, { period: quarterHour }),
            threshold: 20,
            periods: 1,
          },
        ]
      : []),
  ];
}

function plansOverAws({ api, entrances, deadLetters, table }: Watched): readonly AlarmPlan[] {
  return [
    {
      name: 'machine-throttles',
      meaning: 'Step Functions slows state transitions down, in the whole account and region.',
      metric: accountMetric('AWS/States', 'ThrottledEvents', { ServiceMetric: 'StateTransition' }),
      threshold: 1,
      periods: 3,
    },
    {
      // Errors of the steps are retried by their machine or become the end of a task; errors of the API are its 5xx.
      name: 'function-errors',
      meaning: 'Functions fail that are called by events, which nobody sees otherwise.',
      metric: sumOf(
        entrances.map((each) => each.metricErrors()),
        quarterHour,
      ),
      threshold: 5,
      periods: 1,
    },
    {
      name: 'function-throttles',
      meaning: 'Lambda turns invocations away: the concurrency of the account is used up.',
      metric: accountMetric('AWS/Lambda', 'Throttles', {}),
      threshold: 1,
      periods: 3,
    },
    {
      name: 'api-errors',
      meaning: 'The API answers with 5xx.',
      metric: api.serverErrors,
      threshold: 5,
      periods: 1,
    },
    {
      name: 'dead-letters',
      meaning: 'Events could not be handled and wait in a dead-letter queue.',
      metric: sumOf(
        deadLetters.map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
        ),
        fiveMinutes,
      ),
      threshold: 1,
      periods: 1,
    },
    {
      name: 'table-throttles',
      meaning: 'DynamoDB turns requests to the state table away.',
      metric: sumOf(
        ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
          accountMetric('AWS/DynamoDB', name, { TableName: table.tableName }),
        ),
        fiveMinutes,
      ),
      threshold: 1,
      periods: 3,
    },
  ];
}

function accountMetric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
): Metric {
  return new Metric({
    namespace,
    metricName,
    dimensionsMap,
    statistic: 'Sum',
    period: fiveMinutes,
  });
}

function circuitsOf(own: QuireMetrics, providers: readonly ProviderName[]): readonly Metric[] {
  return providers.map((provider) => own('CircuitOpened', { provider }));
}

/** Only providers that call back have a door for callbacks. */
function hasWebhook(providers: readonly ProviderName[]): boolean {
  return providers.some((provider) => provider.startsWith('runware'));
}

/** The sum of metrics; of one it is that metric itself. */
function sumOf(metrics: readonly Metric[], period: Duration): IMetric {
  return combined(metrics, period, (filled) => filled.join(' + '));
}

/** The smallest of metrics: at least one only where none is 0. */
function least(metrics: readonly Metric[], period: Duration): IMetric {
  return combined(metrics, period, (filled) => `MIN([${filled.join(', ')}])`);
}

function combined(
  metrics: readonly Metric[],
  period: Duration,
  write: (filled: readonly string[]) => string,
): IMetric {
  const [only, ...others] = metrics;
  if (only !== undefined && others.length === 0) return only.with({ period });
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const filled = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({ expression: write(filled), usingMetrics, period });
}
