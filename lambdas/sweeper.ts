import { sweepAfter } from '#shared/runtime/aws/sweeper.ts';

/** Gets the ticks of the schedule, and events on executions that have ended. */
export async function handler(event: unknown): Promise<void> {
  await sweepAfter(event);
}
