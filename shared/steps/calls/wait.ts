import type { CallLayerPorts, WorkerContext } from './call-layer.ts';
import type { Next } from './call-progress.ts';

/** Longest wait inside a worker, which is paid for by the second; longer ones are the state machine's, which waits for nothing. */
export const longestWaitInMs = 20_000;

/** The time after which this worker begins nothing more. */
export function latestStartInMs(
  { settings }: Pick<CallLayerPorts, 'settings'>,
  { deadlineAtInMs }: WorkerContext,
): number {
  return deadlineAtInMs - settings.longestCallInMs;
}

/** Waits if it is short and within the worker's time; otherwise the call is given back until then. */
export async function waitOrPostpone(
  ports: Pick<CallLayerPorts, 'clock' | 'settings'>,
  context: WorkerContext,
  untilInMs: number,
): Promise<Next> {
  const waitInMs = untilInMs - ports.clock.now();
  if (waitInMs > longestWaitInMs || untilInMs > latestStartInMs(ports, context)) {
    return { kind: 'postpone', untilInMs };
  }
  if (waitInMs > 0) await ports.clock.sleep(waitInMs, context.signal);
  return { kind: 'again' };
}
