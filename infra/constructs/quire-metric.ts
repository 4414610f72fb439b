import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type DimensionsOf,
  type MetricName,
  metricNamespace,
  metricService,
} from '#shared/domain/metrics.ts';

export interface MetricView {
  /** @default the sum */
  readonly statistic?: string;
  /** @default 5 minutes */
  readonly period?: Duration;
  readonly label?: string;
}

/** The metrics that the functions of a deployment write, by the names and dimensions of the table in the domain. */
export type QuireMetrics = <Name extends MetricName>(
  name: Name,
  dimensions: DimensionsOf<Name>,
  view?: MetricView,
) => Metric;

export function quireMetrics(stage: string): QuireMetrics {
  return (metricName, dimensions, { statistic = 'Sum', period, label } = {}) =>
    new Metric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { ...dimensions, service: metricService(stage) },
      statistic,
      period: period ?? Duration.minutes(5),
      ...(label === undefined ? {} : { label }),
    });
}
