import type { TaskEvent } from '#shared/domain/task-event.ts';

/**
 * Tells the world outside what happened to tasks. At least once, in no certain order: `eventId` tells repetitions. Errors:
 * `store_unavailable`; who publishes decides whether that may fail the work.
 */
export interface EventBus {
  publish(events: readonly TaskEvent[]): Promise<void>;
}
