import type { Metrics } from '#shared/ports/metrics.ts';

export interface SummedMetrics extends Metrics {
  /** Sum of each series by its name and dimensions, for example `Attempts empiriolabs accepted`. */
  totals(): Readonly<Record<string, number>>;
}

/** Sums metrics in memory: for a run on one machine, where nobody draws curves. */
export function createSummedMetrics(): SummedMetrics {
  const sums = new Map<string, number>();
  return {
    count(name, value, dimensions) {
      const series = [name, ...Object.values(dimensions)].join(' ');
      sums.set(series, (sums.get(series) ?? 0) + value);
    },
    totals: () => Object.fromEntries(sums),
  };
}
