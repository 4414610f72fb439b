import { createPowertoolsLogger } from '#shared/adapters/aws/powertools-logger.ts';
import { createPowertoolsMetrics } from '#shared/adapters/aws/powertools-metrics.ts';
import { createSystemClock } from '#shared/adapters/system/clock.ts';
import { createRandomIds } from '#shared/adapters/system/ids.ts';
import { environmentNames } from '#shared/domain/environment.ts';
import { metricService } from '#shared/domain/metrics.ts';
import type { BufferedMetrics } from '#shared/ports/metrics.ts';

export { currentTraceId } from '#shared/adapters/aws/trace-id.ts';

export const clock = createSystemClock();
export const ids = createRandomIds();

const deployment = process.env[environmentNames.stage] ?? 'unknown';

export const logger = createPowertoolsLogger({
  service: 'quire',
  version: process.env[environmentNames.version] ?? 'unknown',
  deployment,
  function: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'unknown',
});

const noMetrics: BufferedMetrics = { count: () => undefined, flush: () => undefined };

export const metrics =
  process.env[environmentNames.metrics] === 'off'
    ? noMetrics
    : createPowertoolsMetrics({ service: metricService(deployment), now: clock.now });
