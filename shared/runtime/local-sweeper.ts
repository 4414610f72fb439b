import type { Clock } from '#shared/ports/clock.ts';
import type { Sweep } from '#shared/steps/tasks/sweep.ts';

/** How often one machine looks after its tasks: it costs a look at an index of its own. */
const sweepEveryInMs = 15_000;

/** Sweeps again and again, as the schedule does in AWS. */
export function startSweeper(sweep: Sweep, clock: Clock): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(sweepEveryInMs, stopping.signal).catch(() => undefined);
      if (!stopping.signal.aborted) await sweep();
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort(new Error('The sweeper is stopping.'));
      await looping;
    },
  };
}
