import type { ErrorCode } from '#shared/domain/errors.ts';
import { errorEntry } from '#shared/domain/errors.ts';
import type { HealthReport } from '#shared/ports/circuit.ts';
import type { AttemptResult } from './attempt.ts';
import type { CallLayerPorts } from './call-layer.ts';
import type { Route } from './route.ts';

/** Tells the circuit how an attempt has ended; without a result it never came to its question. */
export async function reportHealth(
  {
    circuit,
    clock,
    logger,
    metrics,
  }: Pick<CallLayerPorts, 'circuit' | 'clock' | 'logger' | 'metrics'>,
  { circuitKey, isProbe }: Pick<Extract<Route, { kind: 'model' }>, 'circuitKey' | 'isProbe'>,
  result: AttemptResult | undefined,
): Promise<void> {
  const report = healthOf(result);
  if (report.health === 'refused-key') {
    logger.error('provider-needs-help', { provider: circuitKey.provider, code: report.reason });
  }
  const { provider } = circuitKey;
  const told = { ...report, isProbe, nowInMs: clock.now() };
  const { hasOpened } = await circuit.report(circuitKey, told);
  if (!hasOpened) return;
  metrics?.count('CircuitOpened', 1, { provider });
  logger.warn('circuit-opened', { provider, code: 'reason' in report ? report.reason : undefined });
}

function healthOf(result: AttemptResult | undefined): HealthReport {
  if (result?.kind === 'answered' || result?.kind === 'pending') return { health: 'served' };
  if (result?.kind !== 'failed') return { health: 'undecided' };
  const { code } = result;
  if (outages.includes(code)) return { health: 'failed', reason: code };
  // A key, a credit, a certificate: nobody else need try before somebody has acted.
  const isAboutAccount =
    errorEntry(code).action === 'fail-over' && code !== 'model_context_exceeded';
  return isAboutAccount ? { health: 'refused-key', reason: code } : { health: 'served' };
}

/** A provider that refuses, or asks to slow down, is well. */
const outages: readonly ErrorCode[] = [
  'model_unavailable',
  'model_timeout',
  'model_protocol_error',
];
