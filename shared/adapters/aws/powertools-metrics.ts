import { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import { metricEntry, metricNamespace } from '#shared/domain/metrics.ts';
import type { BufferedMetrics } from '#shared/ports/metrics.ts';

/** A function may run for minutes: its figures come before its end, so that alarms do not wait for it. */
const longestBufferInMs = 30_000;

/**
 * Metrics of the deployed functions, written to the log in the embedded metric format, which CloudWatch turns into metrics: no request, no
 * right, no waiting. One line for each set of dimensions, with all values since the last one.
 */
export function createPowertoolsMetrics(options: {
  /** Tells deployments apart: the dimension `service` of every metric. */
  readonly service: string;
  readonly now: () => number;
}): BufferedMetrics {
  const buffers = new Map<string, PowertoolsMetrics>();
  let flushedAtInMs = options.now();

  const bufferOf = (dimensions: Readonly<Record<string, string>>): PowertoolsMetrics => {
    const key = JSON.stringify(dimensions);
    const buffer =
      buffers.get(key) ??
      new PowertoolsMetrics({
        namespace: metricNamespace,
        serviceName: options.service,
        defaultDimensions: { ...dimensions },
      });
    buffers.set(key, buffer);
    return buffer;
  };
  const flush = () => {
    flushedAtInMs = options.now();
    for (const buffer of buffers.values()) {
      if (buffer.hasStoredMetrics()) neverThrowing(() => buffer.publishStoredMetrics());
    }
  };
  return {
    flush,
    count(name, value, dimensions) {
      neverThrowing(() => bufferOf(dimensions).addMetric(name, metricEntry(name).unit, value));
      if (options.now() - flushedAtInMs >= longestBufferInMs) flush();
    },
  };
}

/** A figure that is lost costs less than a task that fails for it. */
function neverThrowing(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nothing to be done: the log is where the figure should have gone.
  }
}
