import type { DimensionsOf, MetricName } from '#shared/domain/metrics.ts';

/** Figures for dashboards and alarms. Which there are, and by what they are told apart, is in `domain/metrics.ts`. */
export interface Metrics {
  /** Adds a value to a metric. Never throws and never waits. */
  count<Name extends MetricName>(name: Name, value: number, dimensions: DimensionsOf<Name>): void;
}

/** Metrics that are gathered first and written together. */
export interface BufferedMetrics extends Metrics {
  /** Writes what has been gathered. Never throws. */
  flush(): void;
}
